"""``botcore sandbox tour``: a visit to a bot, played on a Discord of its own and printed as a short play.

`script` lists the steps in order; `acts` holds them, one module for each feature that they use. `play` runs a script:
a `stage` is the sandbox with the bot's process, a `scene` is what a step can do there, and an `audience` is told of
everything that happens. `printing` is the audience that has a terminal. `command` is what the command line calls.

Belongs here: what a newcomer watches. Does not: tests of features, which stand in each feature's own folder. Only
`printing` and what stands beside it (`cards`, `discord_markdown`) know rich.
"""
