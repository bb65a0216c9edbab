"""What takes long to make and comes out the same each time is made once in a suite, and copied.

`make test` and its like run pytest several times, each in several processes. They name a folder in
OBEYA_TESTS_KEEP that lasts as long as they do: who comes first makes a thing there, the others
wait for it and copy. It is never older than the code, as the next suite begins with an empty one.
"""

import fcntl
import os
import shutil
from pathlib import Path
from typing import Self


def keeps() -> bool:
    """Whether there is such a folder; a pytest by hand has none, and makes everything itself."""
    return bool(os.environ.get("OBEYA_TESTS_KEEP"))


class Once:
    """The thing of this name on this run's kind of database; leave with it made."""

    def __init__(self, name: str) -> None:
        self.name = f"{'postgresql' if os.environ.get('OBEYA_DATABASE_URL') else 'sqlite'}_{name}"
        place = Path(os.environ["OBEYA_TESTS_KEEP"])
        place.mkdir(parents=True, exist_ok=True)
        self.folder = place / self.name
        self._mark = place / f"{self.name}.made"
        self._lock = (place / f"{self.name}.lock").open("w")

    def __enter__(self) -> Self:
        fcntl.flock(self._lock, fcntl.LOCK_EX)  # the system gives it back when a process dies
        self.is_made = self._mark.exists()
        if not self.is_made:
            shutil.rmtree(self.folder, ignore_errors=True)  # somebody's half
            self.folder.mkdir()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._mark.touch()
        self._lock.close()
