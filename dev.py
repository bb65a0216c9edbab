#!/usr/bin/env python3
"""One command for each wish: `python3 dev.py TARGET` (or `make TARGET`).

Needs nothing but Python 3.11 or later: what else is needed, each target sets up itself.
"""

import signal
import sys

if sys.version_info < (3, 11):
    sys.exit("Obeya needs Python 3.11 or later; this is " + sys.version.split()[0] + ".")

from devtools import targets
from devtools.shell import Failed


def main(arguments: list[str]) -> int:
    name, *rest = arguments or ["help"]
    target = targets.TARGETS.get(name)
    if target is None:
        print(f"There is no target {name!r}.\n")
        targets.help_()
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped
    try:
        return target(*rest) or 0
    except Failed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
