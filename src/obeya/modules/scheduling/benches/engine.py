"""`obeya bench engine`: moves per second and core, compile time, start time."""

import subprocess
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from .asked import refuse_unfit
from .process import Row, ask, compile_beforehand, interpreter
from .table import cell

ONE = f"{__package__}.one_engine"
SEARCHES = (("plain", 1_000), ("plant", 1_000), ("plant", 10_000))
LIMIT_S = 900
READY = "ready"
PLANT = "from obeya.engines.scheduling import warm_up; warm_up.compile_plant_kernels()"
HALVES = tuple(
    f"from obeya.engines.scheduling.instances import warm_up; warm_up.compile_{half}_half()"
    for half in ("first", "second")
)

KEPT = """
from obeya.engines.scheduling.collecting import seldom_collecting
with seldom_collecting():  # as in web and worker, which load Numba when they load kernels
    from numba import config
config.CACHE_DIR = {cache!r}
"""


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=10, metavar="S", help="for each search")


def run(options: Namespace) -> Iterator[dict[str, Any]]:
    """Measure, print each row, and tell all rows so far."""
    refuse_unfit(options)
    compile_beforehand()
    rows: list[Row] = []
    for row in _rows(options.seconds):
        rows.append(row)
        print(", ".join(f"{key} {cell(row, key)}" for key in row), flush=True)
        yield {"command": f"obeya bench engine --seconds {options.seconds:g}", "rows": rows}


def is_right(figures: dict[str, Any]) -> bool:
    """Everything was measured."""
    return not any("error" in row for row in figures["rows"])


def _rows(seconds: float) -> Iterator[Row]:
    for kind, operations in SEARCHES:
        question = {"kind": kind, "operations": operations, "seconds": seconds}
        yield {"what": f"{kind}, {operations:,} operations"} | ask(
            ONE, question, limit_s=LIMIT_S + seconds
        )
    with tempfile.TemporaryDirectory(prefix="obeya-kernels-") as cache:
        yield {
            "what": "compile every kernel from nothing",
            "seconds": _start(cache, *HALVES),
        }
        yield {"what": "start of web or worker", "seconds": _start(cache, PLANT)}


def _start(cache: str, *halves: str) -> float:
    """Seconds until interpreters with this cache say that each half is ready, at the same time."""
    began = time.perf_counter()
    kept = KEPT.format(cache=cache)
    programs = [interpreter(f"{kept}{half}; print({READY!r}, flush=True)") for half in halves]
    running = [subprocess.Popen(each, stdout=subprocess.PIPE, text=True) for each in programs]
    said = [each.stdout.readline() for each in running if each.stdout]
    seconds = round(time.perf_counter() - began, 2)
    for each in running:
        each.communicate()  # an interpreter that ends tidies up, which a server does not
    if said != [f"{READY}\n"] * len(halves):
        raise RuntimeError("A kernel could not be compiled; the words stand above.")
    return seconds
