"""`obeya bench NAME --json FILE`: figures with the machine on which they were measured."""

import json
import os
import platform
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from obeya.plant.log import clock
from obeya.plant.log.command import Bench, Command
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.rooms import rooms


def benches() -> dict[str, Bench]:
    of_rooms = [bench for module in rooms() for bench in module.benches()]
    return {bench.name: bench for bench in (KERNEL, *of_rooms)}


def _kernel(options: Namespace) -> Iterator[dict[str, Any]]:
    from obeya.config import bench_kernel  # noqa: PLC0415 - declares verbs of its own

    yield {"figures": bench_kernel.run()}


KERNEL = Bench("kernel", "Actions, bulk import, twenty at one lot, reactions, verify", _kernel)


def _arguments(parser: ArgumentParser) -> None:
    which = parser.add_subparsers(metavar="NAME", dest="name", required=True)
    for name, each in sorted(benches().items()):
        sub = which.add_parser(name, help=each.meaning, description=each.meaning)
        each.arguments(sub)
        sub.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")


def bench(options: Namespace) -> int:
    chosen = benches()[options.name]
    if options.json and options.json.is_dir():
        raise Refusal(f"--json {options.json} is a folder. Expected a file.")
    measured_at = clock.real_now().isoformat(timespec="seconds")
    head = {"bench": chosen.name, "measured_at": measured_at, "machine": machine()}
    figures: dict[str, Any] = {}
    for figures in chosen.run(options):
        if options.json:
            _write(options.json, _text(head | figures))
    if not chosen.prints:
        print(_text(head | figures), end="")
    return 0 if chosen.is_right(figures) else 1


def _text(figures: dict[str, Any]) -> str:
    return json.dumps(figures, indent=2) + "\n"


def _write(file: Path, text: str) -> None:
    """All of it or, if the command is ended meanwhile, what stood there before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_text(text)
    unfinished.replace(file)


def machine() -> dict[str, Any]:
    """What one must know to compare a figure."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
        if hasattr(os, "sysconf")
        else None,
        "system": platform.platform(terse=True),
        "python": sys.version.split()[0],
        "database": _database(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _database() -> str:
    if connection.vendor == "sqlite":  # asked of the library, so that no file is made
        return f"sqlite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"{connection.vendor} {cursor.fetchone()[0]}"


COMMANDS = (Command("bench", "Measure the kernel, or the scheduling engine", bench, _arguments),)
