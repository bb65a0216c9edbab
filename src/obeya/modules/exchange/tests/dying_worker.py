"""Another process: a worker that is killed when the rows of its third part have been written.

`python -m …dying_worker DATABASE`
"""

import os
import signal
import sys
from typing import Any

import django


def main(database: str) -> None:
    django.setup()
    from django.db import connection

    from obeya.modules.exchange.actions import in_parts
    from obeya.plant.log import runs

    connection.settings_dict["NAME"] = database
    seen = []

    def looks_on(*arguments: Any) -> bool:
        seen.append(arguments)
        if len(seen) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    in_parts.does_the_same = looks_on
    runs.drain()


if __name__ == "__main__":
    main(sys.argv[1])
