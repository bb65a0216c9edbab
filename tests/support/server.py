"""Obeya as its users run it: the whole process tree, on a free port, with its own data folder."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.once import Once, keeps

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
ROOM = 2**30  # bytes in memory, for the plants of a run


class Server:
    """`obeya up` with its own data; `obeya()` runs other commands on the same data."""

    def __init__(self, data: Path, database_url: str = "", said: str = "") -> None:
        self.data = data
        self.said = said  # by the commands that made the plant: its first password is in it
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {
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
            env=self.environment,
            cwd=self.data,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            pytest.fail(f"obeya {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self, *command: str) -> None:
        """`obeya up`, or another command that serves."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "obeya", *(command or ("up",)), "--child"],
                env=self.environment,
                cwd=self.data,
                stdin=subprocess.PIPE,  # it closes when the tests are gone, however they ended
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
            try:
                urllib.request.urlopen(f"{self.url}/login/", timeout=5).close()
            except urllib.error.HTTPError:
                return  # it answers
            except OSError:
                if self._has_ended(within_s=0.1):
                    pytest.fail(f"obeya up ended by itself:\n{self.log.read_text()}")
            else:
                return
        pytest.fail(f"obeya up does not answer:\n{self.log.read_text()}")

    def _has_ended(self, *, within_s: float) -> bool:
        assert self.process is not None
        try:
            self.process.wait(timeout=within_s)
        except subprocess.TimeoutExpired:
            return False
        return True


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


@dataclass(frozen=True)
class Plant:
    """A data folder with its database, and what the commands that made it printed."""

    data: Path
    database_url: str = ""
    said: str = ""


@contextmanager
def new_plant(*commands: list[str], like: Plant | None = None) -> Iterator[Plant]:
    """An own folder and database, empty or copied, after the given `obeya` commands."""
    name = f"browser_{os.getpid()}_{free_port()}"
    with tempfile.TemporaryDirectory(prefix="obeya-plant-", dir=_memory()) as folder:
        url = _create_database(name, like)
        try:
            yield _filled(Path(folder), url, commands, like)
        finally:
            _drop_database(name)


@contextmanager
def _kept_plant(name: str, *commands: list[str], like: Plant | None = None) -> Iterator[Plant]:
    """To be copied, never opened; made once in a suite, else once in each process."""
    if not keeps():
        with new_plant(*commands, like=like) as plant:
            yield plant
        return
    with Once(name) as once:
        said = once.folder / "said"
        if once.is_made:
            plant = Plant(once.folder / "data", _url_of(once.name), said.read_text())
        else:
            _drop_database(once.name)
            url = _create_database(once.name, like)
            (once.folder / "data").mkdir()
            plant = _filled(once.folder / "data", url, commands, like)
            said.write_text(plant.said)
    yield plant


def _filled(data: Path, url: str, commands: Sequence[list[str]], like: Plant | None) -> Plant:
    if like:
        shutil.copytree(like.data, data, dirs_exist_ok=True)
    said = [Server(data, url).obeya(*arguments) for arguments in commands]
    return Plant(data, url, "".join([like.said if like else "", *said]))


def _memory() -> Path | None:
    """A RAM disk with room: a killed process loses nothing there either."""
    disk = Path("/dev/shm")
    return disk if disk.is_dir() and shutil.disk_usage(disk).free > ROOM else None


def _url_of(name: str) -> str:
    """Of a database of the kind this run is about; "" for SQLite in the data folder."""
    server_url = os.environ.get("OBEYA_DATABASE_URL", "")
    return server_url and server_url.rpartition("/")[0] + f"/{name}"


def _create_database(name: str, like: Plant | None) -> str:
    source = like.database_url.rpartition("/")[2] if like else "template0"
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return _url_of(name)


def _drop_database(name: str) -> None:
    _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    """On SQLite there is none, and nothing to do."""
    if server_url := os.environ.get("OBEYA_DATABASE_URL", ""):
        import psycopg

        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def serving(plant: Plant, *command: str) -> Iterator[Server]:
    server = Server(plant.data, plant.database_url, plant.said)
    server.start(*command)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def empty_plant() -> Iterator[Plant]:
    """Migrated once; copied for each test that needs its own."""
    with _kept_plant("empty_plant", ["migrate"]) as plant:
        yield plant


@pytest.fixture(scope="session")
def demo_plant(empty_plant: Plant) -> Iterator[Plant]:
    with _kept_plant("demo_plant", ["demo", "--fill-only"], like=empty_plant) as plant:
        yield plant


@pytest.fixture
def fresh_server(empty_plant: Plant) -> Iterator[Server]:
    """An empty plant, for a test that fills it itself."""
    with new_plant(like=empty_plant) as plant, serving(plant) as server:
        yield server


@pytest.fixture
def own_demo_server(demo_plant: Plant) -> Iterator[Server]:
    """The small demo plant, for a test that changes it."""
    with new_plant(like=demo_plant) as plant, serving(plant) as server:
        yield server


@pytest.fixture(scope="session")
def demo_server(demo_plant: Plant) -> Iterator[Server]:
    """The small demo plant, for tests that only look."""
    with new_plant(like=demo_plant) as plant, serving(plant) as server:
        yield server
