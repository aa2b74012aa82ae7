"""A guestbook that is older than its bot.

Belongs here: `cog`, which knows nextcord and nothing of botcore, and `feature`, which brings it along. Does not: a
second way of doing what the Cog does.
"""
