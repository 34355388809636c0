"""``python -m assistant.interfaces``: the command line without an installed script."""

from assistant.interfaces.cli.app import main

main()
