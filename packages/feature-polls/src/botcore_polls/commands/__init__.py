"""What members can do with polls, and how polls look.

Belongs here: slash commands, buttons, the select, the form, and every drawing. Does not: any rule of a poll, which is
in `botcore_polls.services`.
"""
