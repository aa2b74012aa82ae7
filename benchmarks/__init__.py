"""What botcore costs; ``nox -s bench`` runs it and nothing asserts on time.

One module a subject, each runnable by itself (``python -m benchmarks.timers``). Times differ from machine to machine,
so what is promised is a ratio in one run (a million timers beside a thousand, botcore beside bare nextcord) or has a
wide margin.
"""
