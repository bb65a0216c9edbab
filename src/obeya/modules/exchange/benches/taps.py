"""Another process, in which somebody writes a small thing ten times a second."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from django.db import connection

from obeya.modules.organisation.public import ReasonRow, save_reasons
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Site

EVERY_S = 0.1
SITE = "TAPS"  # where it is done: the bench opens it first
PROCESS = (
    "import sys; sys.path[:] = {path!r}; import django; django.setup(); "
    "from {module} import tap; tap()"
)


@dataclass
class Taps:
    """What the other process has measured, once it has ended."""

    took_s: list[float] = field(default_factory=list)

    @property
    def worst_ms(self) -> int:
        return round(1000 * max(self.took_s))

    @property
    def median_ms(self) -> int:
        return round(1000 * sorted(self.took_s)[len(self.took_s) // 2])


@contextmanager
def tapping() -> Iterator[Taps]:
    """Somebody taps on the same database meanwhile."""
    taps = Taps()
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS.format(path=sys.path, module=__name__)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _greet(process.stdin, process.stdout)
            yield taps
        finally:
            said, _ = process.communicate()
        taps.took_s = json.loads(said)


def _greet(its_input: IO[str] | None, its_output: IO[str] | None) -> None:
    if its_input is None or its_output is None:
        raise RuntimeError("The other process has no input or output.")
    print(connection.settings_dict["NAME"], file=its_input, flush=True)
    if not its_output.readline():
        raise RuntimeError("The other process did not begin to tap.")


def tap() -> None:
    """The other process: says "ready", taps until its input closes, answers how long each took."""
    connection.settings_dict["NAME"] = sys.stdin.readline().strip()
    site, by, took_s = Site.objects.get(code=SITE), system_actor(), []
    print("ready", flush=True)
    is_over = False
    while not is_over:  # once at least, however short the work beside it
        row = ReasonRow("down", f"TAP-{os.getpid()}-{len(took_s)}")
        began = time.perf_counter()
        save_reasons(site=site, rows=[row], by=by)
        took_s.append(time.perf_counter() - began)
        is_over = bool(select.select([sys.stdin], [], [], EVERY_S)[0])
    print(json.dumps(took_s))
