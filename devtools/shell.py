"""Running other programs, and saying how long they took."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Failed(Exception):
    """A step failed; the sentence says what to do."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def run(*command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    code = call(*command, env=env, cwd=cwd)
    if code:
        raise Failed(f"Failed with {code}: {' '.join(map(str, command))}", code)


def call(*command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> int:
    return subprocess.call([str(part) for part in command], cwd=cwd, env=os.environ | (env or {}))


def become(*command: str | Path) -> None:
    """Hand this process over, so that Ctrl+C reaches the program itself and nobody else."""
    words = [str(part) for part in command]
    os.chdir(ROOT)
    if os.name == "nt":  # there, the parent would return before its child
        raise SystemExit(subprocess.call(words))
    os.execv(words[0], words)


def can(*command: str | Path) -> bool:
    """Whether the command runs well; what it prints is not shown."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


class Phases:
    """A list of named steps with their durations, printed at the end."""

    def __init__(self) -> None:
        self.durations: list[tuple[str, float]] = []

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        try:
            yield
        finally:
            self.durations.append((name, time.monotonic() - began))

    def report(self) -> None:
        print()
        for name, seconds in self.durations:
            print(f"{seconds:8.1f} s  {name}")
        print(f"{sum(seconds for _, seconds in self.durations):8.1f} s  in all", flush=True)
