"""`obeya call-off`: a file of call-offs is read, shown by harm, and accepted if so said."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from obeya.modules.calloffs.taking_in import take_in
from obeya.plant.log.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="EDIFACT DELFOR or DELJIT, VDA 4905, or X12 830 or 862"
    )
    parser.add_argument("--site", default="", help="code of the site, where there are several")
    parser.add_argument(
        "--accept",
        action="store_true",
        help="accept what needs no person; else the call-off waits on its page",
    )


def call_off(options: Namespace) -> int:
    """Ends with 1 where something needs a person."""
    return take_in(options.file, site_code=options.site, accept=options.accept)


COMMANDS = (
    Command("call-off", "Take a customer's call-off in, by EDI message", call_off, _arguments),
)
