"""One process tree: starts the children, restarts one that died, ends all of them cleanly."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

log = logging.getLogger("obeya.up")

GRACE_S = 2.2  # between asking a child to end and ending it
LONGEST_BACKOFF_S = 30.0
_HEALTHY_S = 10.0


class Child:
    """`obeya ARGUMENTS --child`, which also ends by itself when this process is gone."""

    def __init__(self, *arguments: str, program: str = "obeya") -> None:
        self.program = program  # a module that Python runs
        self.arguments = arguments
        self.backoff_s = 0.5
        self.start()

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.program, *self.arguments, "--child"],
            stdin=subprocess.PIPE,
        )

    def restart_if_dead(self) -> None:
        code = self.process.poll()
        lived_s = time.monotonic() - self.started_at
        if code is None:
            if lived_s > _HEALTHY_S:
                self.backoff_s = 0.5
            return
        if lived_s < self.backoff_s:
            return
        log.warning(
            "%s %s ended with %s; starting it again", self.program, " ".join(self.arguments), code
        )
        self.backoff_s = min(2 * self.backoff_s, LONGEST_BACKOFF_S)
        self.start()


def supervise(
    children: Sequence[Sequence[str]],
    *,
    beside: Mapping[str, Sequence[str]] | None = None,
    reload: bool = False,
    is_open: Callable[[], bool] = lambda: False,
    tell: Callable[[], None] = lambda: None,
) -> int:
    """Until SIGTERM or SIGINT; `tell` once `is_open`.

    ``beside`` are programs that are no part of Obeya, with their arguments.
    """

    def begin() -> list[Child]:
        others = [Child(*arguments, program=name) for name, arguments in (beside or {}).items()]
        return [*(Child(*arguments) for arguments in children), *others]

    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    running = begin()
    source = _newest_source() if reload else 0.0
    is_told = False
    while not stop.wait(0.25):
        if not is_told and is_open():
            is_told = True
            tell()
        if reload and (newest := _newest_source()) > source:
            source = newest
            log.info("a file changed; starting anew")
            _end(running)
            running = begin()
        for child in running:
            child.restart_if_dead()
    _end(running)
    return 0


def stop_when_told(stop: threading.Event, *, child: bool) -> None:
    """In a child: SIGTERM, SIGINT, or the end of the parent (its pipe to us closes)."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    if child:
        end_with_parent()


def end_with_parent() -> None:
    def watch() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _end(running: Sequence[Child]) -> None:
    for child in running:
        child.process.terminate()
    until = time.monotonic() + GRACE_S
    for child in running:
        try:
            child.process.wait(timeout=max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()


def _newest_source() -> float:
    package = Path(__file__).resolve().parents[1]
    return max(path.stat().st_mtime for path in package.rglob("*.py"))
