"""Where kernels spend their time: `python -m devtools.kernel_profile plain 1000 > FOLDED`.

Samples a search of `obeya bench engine` with Linux `perf`, and looks its addresses up in the
symbols of the machine code that Numba took from its cache, which `perf` cannot see. Set-up must
have compiled the kernels. A function that was put into its caller counts there.
"""

import bisect
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from numba.core.codegen import JITCodeLibrary

SAMPLES_PER_S = 999
Loaded = list[tuple[JITCodeLibrary, bytes]]


def watch_loading() -> Loaded:
    """A list that every machine code which is loaded from now on is noted in."""
    loaded: Loaded = []
    load = JITCodeLibrary._unserialize.__func__

    def loading(cls: type, codegen: Any, state: Any) -> JITCodeLibrary:
        library = load(cls, codegen, state)
        loaded.append((library, state[2][0]))
        return library

    JITCodeLibrary._unserialize = classmethod(loading)
    return loaded


def functions_of(library: JITCodeLibrary, code: bytes) -> list[tuple[int, int, str]]:
    """Begin, end and name of each function of a machine code in memory."""
    with tempfile.NamedTemporaryFile(suffix=".o") as file:
        Path(file.name).write_bytes(code)
        listed = _said("nm", "-S", "--defined-only", file.name)
    rows = [line.split() for line in listed.splitlines()]
    rows = [row for row in rows if len(row) == 4 and row[2] in "tTwW"]
    anchor = next(row for row in rows if row[3].startswith("_ZN7cpython"))
    base = library._codegen._engine._ee.get_function_address(anchor[3]) - int(anchor[0], 16)
    return [
        (base + int(begin, 16), base + int(begin, 16) + int(size, 16), _named(name))
        for begin, size, _, name in rows
    ]


def _named(mangled: str) -> str:
    """`kernels.cone;forward` of `_ZN5obeya...`: names with their lengths ahead."""
    parts, rest = [], mangled.removeprefix("_ZN")
    while found := re.match(r"\d+", rest):
        end = found.end() + int(found[0])
        parts.append(rest[found.end() : end])
        rest = rest[end:]
    names = ".".join(parts).split(".")
    return f"{'.'.join(names[-3:-1])};{names[-1]}"


def folded(samples: Path, loaded: Loaded) -> Counter[str]:
    """Samples by kernel file and function; elsewhere by library."""
    functions = sorted(each for one in loaded for each in functions_of(*one))
    begins, counts = [begin for begin, _, _ in functions], Counter[str]()
    for line in _said("perf", "script", "-i", str(samples), "-F", "ip,sym,dso").splitlines():
        address, _, where = line.strip().partition(" ")
        if not address:
            continue
        at = bisect.bisect_right(begins, int(address, 16)) - 1
        is_kernel = at >= 0 and int(address, 16) < functions[at][1]
        library = where.rpartition("(")[2].strip(")").rpartition("/")[2].partition(".")[0]
        counts[functions[at][2] if is_kernel else f"outside the kernels;{library}"] += 1
    return counts


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    libraries = watch_loading()
    from obeya.modules.scheduling.benches.one_engine import measured  # watched

    question = {"kind": sys.argv[1], "operations": int(sys.argv[2])}
    measured(**question, seconds=1)  # what is loaded or made once does not count
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "samples")
        perf = ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(SAMPLES_PER_S), "-o", file]
        recording = subprocess.Popen([*perf, "-p", str(os.getpid())])
        time.sleep(1)  # perf does not say when it has begun to listen
        print(measured(**question, seconds=10), file=sys.stderr)
        recording.send_signal(signal.SIGINT)
        recording.wait()
        for stack, samples in folded(file, libraries).items():
            print(stack, samples)
