"""Plays the people of a guild: what a member types, clicks and sees, for tests and scripts.

What a Discord client does and checks before it sends something belongs here; what the server checks does not.
"""
