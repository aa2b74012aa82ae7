"""Which requests Discord would refuse, and in which words.

Functions that turn JSON of a stranger into validated fields, or into a tree of errors, belong here; nothing
in here knows about HTTP or changes state. Codes and sentences follow Discord's own answers; where Discord's
wording is not known, the code starts with SANDBOX_.
"""
