"""`obeya bench NAME --json FILE`: figures with the machine on which they were measured."""

import json
import os
import platform
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.db import connection

from obeya.plant.log import clock
from obeya.plant.log.command import Bench, Command
from obeya.plant.log.rooms import rooms


def benches() -> dict[str, Bench]:
    of_rooms = [bench for module in rooms() for bench in module.benches]
    return {bench.name: bench for bench in (KERNEL, *of_rooms)}


def _kernel() -> dict[str, Any]:
    from obeya.config import bench_kernel  # noqa: PLC0415 - declares verbs of its own

    return bench_kernel.run()


KERNEL = Bench("kernel", "Actions, bulk import, twenty at one lot, reactions, verify", _kernel)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", choices=sorted(benches()))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")


def bench(options: Namespace) -> None:
    chosen = benches()[options.name]
    figures = {
        "bench": chosen.name,
        "measured_at": clock.real_now().isoformat(timespec="seconds"),
        "machine": machine(),
        "figures": chosen.run(),
    }
    text = json.dumps(figures, indent=2)
    print(text)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(text + "\n")


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
    sql = "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return f"{connection.vendor} {cursor.fetchone()[0]}"


COMMANDS = (Command("bench", "Measure, on a scratch database", bench, _arguments),)
