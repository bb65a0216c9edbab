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

COMPILE = (
    "from obeya.engines.scheduling.instances.warm_up import compile_kernels; compile_kernels()"
)
RUN = "import runpy; runpy.run_module({module!r}, run_name='__main__')"


def ask(module: str, question: Row, *, limit_s: float | None) -> Row:
    """Have a module answer that is run as a program; an ``error`` in words if it cannot."""
    try:
        done = subprocess.run(
            interpreter(RUN.format(module=module)),
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"did not end within {limit_s:.0f} s"}
    for line in done.stdout.splitlines():
        if line.startswith(MARK):
            row: Row = json.loads(line.removeprefix(MARK))
            return row
    if done.returncode < 0:
        return {"error": f"its process was ended by signal {-done.returncode}"}
    lines = done.stderr.strip().splitlines() or ["no answer"]
    return {"error": f"failed: {lines[-1]}"}


def answer(work: Callable[[Row], Row]) -> None:
    """In the process: read the question, do the work, write the answer."""
    row = work(json.loads(sys.stdin.read()))
    print(MARK + json.dumps(row))


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
