"""What people can do with reminders, and how reminders look.

Belongs here: slash commands, the context menu, buttons, forms, and every drawing. Does not: any rule of a reminder,
which is in `botcore_reminders.services`.
"""
