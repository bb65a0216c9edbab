"""Obeya as its users run it: the whole process tree, on a free port, with its own data folder."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


class Server:
    """`obeya up` with its own data; `obeya()` runs other commands on the same data."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._environment = os.environ | {
            "OBEYA_DATA": str(data),
            "OBEYA_DATABASE_URL": database_url,
            "OBEYA_HTTP": f"127.0.0.1:{self.port}",
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUNBUFFERED": "1",
        }

    def obeya(self, *arguments: str) -> str:
        """What `obeya ARGUMENTS` prints; fails the test when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "obeya", *arguments],
            env=self._environment,
            cwd=self.data,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            pytest.fail(f"obeya {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "obeya", "up"],
                env=self._environment,
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._await_first_answer()
        if listener := listening_group(self.port):
            assert listener == self.process.pid, "another program listens on the port of the test"

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would: the whole process tree at once."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=PATIENCE_S)
        except ProcessLookupError:
            pass
        finally:
            self.process = None

    def _await_first_answer(self) -> None:
        assert self.process is not None
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if self.process.poll() is not None:
                pytest.fail(f"obeya up ended by itself:\n{self.log.read_text()}")
            try:
                urllib.request.urlopen(f"{self.url}/login/", timeout=5).close()
            except urllib.error.HTTPError:
                return  # it answers
            except OSError:
                continue  # a refused connection costs nothing: ask again
            return
        pytest.fail(f"obeya up does not answer:\n{self.log.read_text()}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def listening_group(port: int) -> int | None:
    """The process group that listens on the port; None where the system does not say."""
    table = Path("/proc/net/tcp")
    if not table.exists():
        return None
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    sockets = {
        f"socket:[{row[9]}]"
        for row in rows
        if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == port
    }
    for descriptors in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(str(each.readlink()) in sockets for each in descriptors.iterdir()):
                return os.getpgid(int(descriptors.parent.name))
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return None


@contextmanager
def running_server(*setup: list[str]) -> Iterator[Server]:
    """A server on fresh data, after the given commands (such as ["import", FILE])."""
    with tempfile.TemporaryDirectory(prefix="obeya-server-") as folder, own_database() as url:
        server = Server(Path(folder), url)
        for arguments in setup:
            server.obeya(*arguments)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def own_database() -> Iterator[str]:
    """An empty database of the kind this run is about: the URL, or "" for SQLite."""
    server_url = os.environ.get("OBEYA_DATABASE_URL", "")
    if not server_url:
        yield ""
        return
    import psycopg

    name = f"browser_{os.getpid()}_{free_port()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield server_url.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def fresh_server() -> Iterator[Server]:
    """An empty plant, for a test that fills it itself."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def demo_server() -> Iterator[Server]:
    """The small demo plant; tests look at it, or change what no other test looks at."""
    with running_server(["demo", "--fill-only"]) as server:
        yield server
