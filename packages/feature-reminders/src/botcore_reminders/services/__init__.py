"""What can be done with reminders: keeping, changing and delivering them, and saying what became of them.

Belongs here: every rule of the feature and every use of its tables. Does not: how anything looks, and Discord's
client; what services give back are plain values (`botcore_reminders.services.values`), never rows.
"""
