"""The command line: ``botcore run``, ``features``, ``config``, ``db``, ``commands`` and ``timers``.

Belongs here: reading the command line, printing, exit codes (0 done, 1 failed, 2 wrong usage or configuration). Does
not: any work; heavy modules are imported inside the commands, so that ``--help`` costs nothing. typer lives here.
"""
