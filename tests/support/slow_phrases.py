"""Phrases that are made to keep a parser busy: long lists, nested spans, words that could begin anything."""

SLOW = [
    "in " + "1 h " * 19,
    "2 days after " * 13 + "friday",
    "1 day and " * 12 + "1 day",
    "every day at " + "9 and " * 18,
    "every day " + "until friday " * 18,
    "every " + "1st and " * 12,
    "every monday " + "monday " * 37,
    "alle " + "1 h " * 19,
    "2 Tage nach " * 12 + "freitag",
    "jeden " + "1. und " * 12,
    "9 " * 40,
    "( " * 40,
]
