"""Faults on demand: what goes wrong between a bot and Discord, made to happen when a test asks for it.

What to do and when belongs here (`rules`, `board`), how a REST answer is spoiled (`rest`), and the sandbox's own route
for programs that are not in its process (`control`). What a correct Discord refuses by its rules does not.
"""
