"""Reminders for a botcore bot.

Belongs here: keeping what somebody wants to be told, telling it at its time, and being able to say what became of it.
Does not: reading times (`botcore.when`), waking up at them (`botcore.timers`), and dates that several people share,
which are a calendar's.

Reading order: `feature` names everything there is, `commands` says what people can do, `services.delivery` is the
promise, `models` is what is kept.
"""
