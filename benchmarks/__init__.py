"""What things cost, measured on demand: ``uv run nox -s bench``.

Belongs here: one module a subject, each runnable by itself (``python -m benchmarks.timers``), that prints a table and
writes nothing outside a temporary folder. Does not: anything that a default check runs; times differ from machine to
machine, so what must hold is a ratio in one run, or has a wide margin.
"""
