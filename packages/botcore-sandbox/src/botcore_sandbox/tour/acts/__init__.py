"""The steps of the visit, one module for each feature that they use; `core` is botcore's own.

Belongs here: what people do, and what has to come of it. A step finds everything anew (a message by its words, never by
a variable of another step), as somebody would who came into the room.
"""
