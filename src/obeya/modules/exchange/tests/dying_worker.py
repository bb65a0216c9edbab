"""Another process: a worker that is killed when the rows of its third part have been written.

`python -m …dying_worker DATABASE VERB`, where the verb is `take` or `undo`.
"""

import os
import signal
import subprocess
import sys
from typing import Any

import django


def die(verb: str) -> None:
    """Let such a worker work on the database of this test, and wait until it is dead."""
    from django.db import connection

    database = str(connection.settings_dict["NAME"])
    died = subprocess.run(
        [sys.executable, "-m", __name__, database, verb],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr


def main(database: str, verb: str) -> None:
    django.setup()
    from django.db import connection

    from obeya.modules.exchange.actions import in_parts, undo_in_parts
    from obeya.plant.log import runs

    connection.settings_dict["NAME"] = database
    seen = []

    def looks_on(*arguments: Any) -> bool:
        seen.append(arguments)
        if len(seen) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    def leaves(*arguments: Any) -> dict[str, object]:
        looks_on(*arguments)
        return {}

    if verb == "take":
        in_parts.does_the_same = looks_on
    else:
        undo_in_parts._left = leaves
    runs.drain()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
