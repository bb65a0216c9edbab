"""kill -9 at random moments of a shift: nothing acknowledged is lost, nothing is done twice.

One person works by HTTP as the pages do; twenty times the whole process tree, the web process or a
worker is killed. What was on its way is then either there as a whole or not at all, and is asked
for again under the same key.

On SQLite the database dies with the processes, and there are twenty kills. PostgreSQL lives on in
processes of its own, so that eight are enough for what is ours: what a lost connection leaves.
"""

import json
import os
import random
import re
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import on_postgresql
from tests.support.inspector import Inspector, inspecting
from tests.support.server import Server
from tests.support.shift import Job, Shift, Visitor

pytestmark = pytest.mark.slow

KILLS = 8 if on_postgresql() else 20
SEED = 4711


def books_of(inspector: Inspector, shift: Shift) -> Any:
    """The same as `Shift.books`, out of the database."""
    mine = {job.code for job in shift.jobs}
    jobs = sorted(inspector.ask("jobs"), key=lambda row: row["code"])
    plan = inspector.ask("plan")
    del plan["draft"]
    demands = [code for [code] in inspector.ask("demands", "KILL-")]
    return [[row["code"], row["is"]] for row in jobs if row["code"] in mine], plan, demands


def begin_shift(server: Server, inspector: Inspector) -> Shift:
    rows = [row for row in inspector.ask("jobs") if row["is"][0] == "ready" and row["machine"]]
    jobs = sorted((Job(row["code"], row["machine"]) for row in rows), key=lambda job: job.code)
    machines = {row["machine"] for row in rows}
    planned = {row["code"]: number for number, row in enumerate(rows)}
    queues = {
        machine: sorted((j for j in jobs if j.machine == machine), key=lambda j: planned[j.code])
        for machine in sorted(machines)
    }
    visitor = Visitor(server, "maria")
    site = inspector.ask("site")
    demand = json.loads(visitor.get(f"/api/v1/s/{site}/demands/")[1])["items"][0]
    luck = random.Random(SEED)
    return Shift(visitor, site, queues, luck, inspector.ask("plan"), demand["material"], jobs)


def processes(server: Server) -> Iterator[tuple[int, str]]:
    """The children of the plant's process: (id, web or worker)."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == server.process.pid:
            yield int(entry.name), "web" if b"web" in words else "worker"


def kill(server: Server, what: str, luck: random.Random) -> None:
    if what == "tree":
        server.kill()
        server.start()
        return
    chosen = luck.choice(sorted(pid for pid, name in processes(server) if name == what))
    os.kill(chosen, signal.SIGKILL)


def await_health(server: Server) -> None:
    until = time.monotonic() + 60
    pause = threading.Event()
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            pause.wait(0.05)
    pytest.fail(f"the web process did not come back:\n{server.log.read_text()[-3000:]}")


def await_deliveries(inspector: Inspector) -> dict[str, int]:
    """A lease of a worker that was killed runs for a minute; then another one does the work."""
    until = time.monotonic() + 100
    pause = threading.Event()
    while (found := inspector.ask("deliveries")).get("WAITING") and time.monotonic() < until:
        pause.wait(0.5)
    return found


def test_kills_lose_nothing_and_double_nothing(own_demo_server):
    server = own_demo_server
    with inspecting(server) as inspector:
        if not server.environment["OBEYA_DATABASE_URL"]:
            assert inspector.ask("pragmas") == [2, "wal"]  # FULL: safe in a power cut
        shift = begin_shift(server, inspector)
        began = time.monotonic()
        kinds = ["tree", "web", "worker", "web"] * (KILLS // 4)
        cut = 0
        for what in kinds:
            read = server.log.stat().st_size
            stop = threading.Event()
            hands = threading.Thread(target=shift.work, args=(stop,))
            hands.start()
            hands.join(timeout=shift.luck.uniform(0.3, 1.5))  # works on, as a rule
            kill(server, what, shift.luck)
            stop.set()
            hands.join()
            await_health(server)

            log = server.log.read_bytes()[read:].decode()
            assert not re.search("Traceback| ERROR ", log), log[-5000:]
            cut += shift.under_way is not None
            shift.settle(lambda: books_of(inspector, shift) == shift.books())
            assert shift.faults == []
            assert books_of(inspector, shift) == shift.books()
            assert inspector.ask("disagreements") == []

        done = sum(job.reports for job in shift.jobs) + len(shift.demands)
        assert inspector.ask("keys", "kill-") == done
        took = time.monotonic() - began
        found = await_deliveries(inspector)
        print(
            f"{KILLS} kills in {took:.0f} s; {shift.acknowledged} commands acknowledged, "
            f"{cut} cut off; deliveries: {found}"
        )
        assert set(found) <= {"DONE", "COALESCED"}
        assert cut > 0
        assert shift.demands  # rows that came through the API were among what was done
        assert any(job.reports for job in shift.jobs)
