#!/usr/bin/env python
"""povreg's command line: `python manage.py COMMAND`, with the embedded servers it needs."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.core.management import execute_from_command_line

from povreg import env
from povreg.embedded import lease, processes

NEED_NO_SERVER = {
    "",
    "help",
    "version",
    "--help",
    "--version",
    "-h",
    "check",
    "catalog",
    "collectstatic",
    "run",
}


def needed_servers(argv: list[str]) -> AbstractContextManager[None]:
    """The servers this command works with: if nobody runs them, they live as long as it does."""
    command = argv[1] if len(argv) > 1 else ""
    if command in NEED_NO_SERVER or "--help" in argv:
        return nullcontext()
    database, broker = not env.outside_database(), not env.outside_broker()
    return lease.servers(settings.HOME, database=database, broker=broker)


def main() -> None:
    """Run one command; a wrong environment or a server that fails is told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povreg.settings")
    try:
        with needed_servers(sys.argv):
            execute_from_command_line(sys.argv)
    except (env.Misconfigured, processes.ServerFailed, PermissionError) as reason:
        sys.exit(f"povreg: {reason}")


if __name__ == "__main__":
    main()
