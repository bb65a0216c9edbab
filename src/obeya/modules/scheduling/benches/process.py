"""A piece of work in a process of its own, asked and answering in JSON.

So its memory, its processor time and its failures are its own.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
MARK = "ANSWER "  # before the answer, should a library print something
SO_FAR = "SO FAR "  # before what is known of it when the work begins

COMPILE = (
    "from obeya.engines.scheduling.instances.warm_up import compile_kernels; compile_kernels()"
)
RUN = "import runpy; runpy.run_module({module!r}, run_name='__main__')"


def ask(module: str, question: Row, *, limit_s: float | None) -> Row:
    """Have a module answer that is run as a program.

    If it cannot, what it told so far and an ``error`` in words.
    """
    try:
        done = subprocess.run(
            interpreter(RUN.format(module=module)),
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return _told(late.stdout, SO_FAR) | {"error": f"did not end within {limit_s:.0f} s"}
    row = _told(done.stdout, MARK)
    if row:
        return row
    row = _told(done.stdout, SO_FAR)
    if done.returncode < 0:
        return row | {"error": f"its process was ended by signal {-done.returncode}"}
    lines = done.stderr.strip().splitlines() or ["no answer"]
    return row | {"error": f"failed: {lines[-1]}"}


def _told(said: str | bytes | None, mark: str) -> Row:
    """The row behind a mark, empty without; of a process that ended too late there are bytes."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said or ""
    for line in text.splitlines():
        if line.startswith(mark):
            row: Row = json.loads(line.removeprefix(mark))
            return row
    return {}


def answer(work: Callable[[Row], Row]) -> None:
    """In the process: read the question, do the work, write the answer."""
    row = work(json.loads(sys.stdin.read()))
    print(MARK + json.dumps(row))


def tell_so_far(row: Row) -> None:
    """In the process: what shall be known should the work not end."""
    print(SO_FAR + json.dumps(row), flush=True)


def compile_beforehand() -> None:
    """Compile what is not compiled yet, so that nothing measured waits for it."""
    subprocess.run(interpreter(COMPILE), check=True)


def interpreter(program: str) -> list[str]:
    """The command that runs a program where it finds the packages that this process finds."""
    return [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {program}"]


def peak_mb() -> float | None:
    """Most memory that this process ever held [MB]; None where the system is not Linux.

    The same figure of ``getrusage`` counts what the parent held when it made the process.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    return None
