"""Features: what a package offers, how it is found, and how it is taken up all at once or not at all.

Belongs here: `BaseFeature`, the hooks, discovery by entry points, staged registration. Does not: how a command runs
(`botcore.commands`) and in which order the bot starts (`botcore.app`). pluggy lives here and nowhere else.
"""
