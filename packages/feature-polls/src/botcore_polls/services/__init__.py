"""What can be done with polls: making, voting, counting, closing, and keeping the public message up to date.

Belongs here: every rule of the feature and every use of its tables. Does not: how anything looks, and Discord's
client; what services give back are plain values (`botcore_polls.services.values`), never rows.
"""
