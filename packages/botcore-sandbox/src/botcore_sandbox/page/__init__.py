"""The web page that plays the Discord client: its files, and the socket between it and the sandbox.

Belongs here: what one tab shows and does, for the member that it plays, and the panels for developers. What a
client may do is the driver's business (`driver`), what the server allows is `validation`'s and `state`'s.
"""
