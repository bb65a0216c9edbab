"""`obeya up`, `web` and `worker`."""

import logging
import socket
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import connection

from obeya.config import environment, supervisor
from obeya.config.care import first_start, migrate_quietly, problems
from obeya.plant.log import rooms
from obeya.plant.log.command import Command

log = logging.getLogger("obeya.serving")


def up_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--reload", action="store_true", help="start anew when a file changes")
    _child_argument(parser)


def up(options: Namespace, *, beside: Mapping[str, Sequence[str]] | None = None) -> int:
    """`beside`: programs of others to run with it, each with its arguments."""
    if options.child:
        supervisor.end_with_parent()
    migrate_quietly()
    first_start()
    if refuse():
        return 1
    children = (["web"], ["worker", "--lane", "fast"], ["worker", "--lane", "slow"])
    return supervisor.supervise(
        children, beside=beside, reload=options.reload, is_open=answers, tell=_tell_open
    )


def _tell_open() -> None:
    print(f"Obeya is open on http://{address()} · data in {settings.DATA} · Ctrl+C ends it.")
    sys.stdout.flush()


def answers() -> bool:
    """Whether the web process takes connections yet."""
    host, _, port = environment.read("OBEYA_HTTP").rpartition(":")
    everywhere = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "[::]": "::1"}  # noqa: S104 - compared
    try:
        socket.create_connection((everywhere.get(host, host), int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def warm_up() -> None:
    """Let the rooms load what is slow to load, beside the work, so that nobody waits for it."""

    def run() -> None:
        try:
            warm_rooms()
        finally:
            connection.close()

    threading.Thread(target=run, name="warm-up", daemon=True).start()


def warm_rooms() -> None:
    """Room by room: what one cannot load ahead, its first question loads, or is told why not."""
    for module in rooms.rooms():
        try:
            if module.warm_up is not None:
                module.warm_up()
        except Exception:  # whatever one room stumbles over, the next ones are not to be slow
            log.exception("room %s was not warmed up", module.name)


def _child_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--child", action="store_true", help="end with the parent process")


def web(options: Namespace) -> int:
    import uvicorn  # noqa: PLC0415 - only this process needs it

    if refuse():
        return 1
    if options.child:
        supervisor.end_with_parent()
    warm_up()
    host, _, port = environment.read("OBEYA_HTTP").rpartition(":")
    uvicorn.run(
        "obeya.config.asgi:application",
        host=host,
        port=int(port),
        lifespan="off",
        log_level="warning",
        timeout_graceful_shutdown=1,  # streams stay open for hours; they come back by themselves
        proxy_headers=True,
    )
    return 0


def _worker_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--lane", choices=("fast", "slow"), help="only this lane; default: both")
    _child_argument(parser)


def worker(options: Namespace) -> int:
    from obeya.plant.log.worker import LANES, work  # noqa: PLC0415 - only this process needs it

    if refuse():
        return 1
    if options.lane is None:  # one process each: slow work must not hold up a quick reaction
        return supervisor.supervise([["worker", "--lane", lane] for lane in LANES])
    stop = threading.Event()
    supervisor.stop_when_told(stop, child=options.child)
    if options.lane == "slow":
        warm_up()
    work([options.lane], stop)
    return 0


def refuse() -> bool:
    """Say what is wrong with the database, and what to do; True when it must not be served."""
    found = problems()
    for problem in found:
        print(f"Obeya does not start: {problem}", file=sys.stderr)
    return bool(found)


def address() -> str:
    host, _, port = environment.read("OBEYA_HTTP").rpartition(":")
    return f"localhost:{port}" if host in {"127.0.0.1", "0.0.0.0", ""} else f"{host}:{port}"  # noqa: S104


COMMANDS = (
    Command("up", "Open the plant: web and worker in one process tree", up, up_arguments),
    Command("web", "Serve the pages only", web, _child_argument),
    Command("worker", "Run reactions, long work and the timetable", worker, _worker_arguments),
)
