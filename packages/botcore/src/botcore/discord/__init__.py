"""The one place where the nextcord client lives: connection, command sync, and the adapters of botcore's ports.

Belongs here: what translates between nextcord and botcore's own words. Does not: any decision about a command.
"""
