"""``python -m botcore``: the command line."""

from botcore.cli.main import main

main()
