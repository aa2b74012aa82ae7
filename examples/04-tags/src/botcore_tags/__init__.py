"""Texts that a server keeps under a name.

Belongs here: writing, finding, showing and removing a text. Reading order: `feature` names everything there is,
`commands` is what members do, `services` does it, `models` is what is kept.
"""
