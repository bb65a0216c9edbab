"""The obeya command."""

import os
import sys

import django


def main(arguments: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "obeya.config.settings")
    django.setup()
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after set-up

    execute_from_command_line(["obeya", *(sys.argv[1:] if arguments is None else arguments)])
    return 0
