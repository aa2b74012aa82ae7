"""Polls for a botcore bot.

Belongs here: asking a question, voting, counting and showing the count. Does not: anything that another feature could
use, which is botcore's, and other kinds of appointments, which are other features'.

Reading order: `feature` names everything there is, `commands` says what people can do, `services` does it, `models`
is what is kept.
"""
