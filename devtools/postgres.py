"""A private PostgreSQL server for one run of the tests: own folder, own port, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .shell import Failed
from .system_packages import find_or_install

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
ROOM = 6 * 2**30  # bytes; the tests have never needed a third of it
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB"


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version found."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/"))]
    folders = [folder for folder in folders if (folder / "initdb").exists()]
    return max(folders, key=lambda folder: _version(folder.parent.name), default=None)


def _version(name: str) -> int:
    digits = "".join(character for character in name if character.isdigit())
    return int(digits or 0)


@contextmanager
def private_server() -> Iterator[str]:
    """Yield the database URL of a server that nobody else uses. Nothing in it is kept."""
    binaries = find_or_install(programs, "PostgreSQL", ["postgresql"])
    folder = Path(tempfile.mkdtemp(prefix="obeya-pg-", dir=_memory()))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    data, log = folder / "data", folder / "server.log"

    def pg(program: str, *arguments: str, check: bool = True) -> int:
        done = subprocess.run(
            [str(binaries / program), *arguments],
            cwd=folder,
            user=owner,
            group=_group(owner),
            extra_groups=[] if owner else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if check and done.returncode:
            said = log.read_text() if log.exists() else done.stdout
            raise Failed(f"PostgreSQL does not start: {program} says\n{said}")
        return done.returncode

    try:
        pg("initdb", "--pgdata", str(data), "--username=obeya", "--auth=trust", "--encoding=UTF8",
           "--locale=C", "--no-sync")  # fmt: skip
        port = _free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {FAST}"
        pg("pg_ctl", "start", "-w", "-D", str(data), "-l", str(log), "-o", options)
        yield f"postgresql://obeya@127.0.0.1:{port}/postgres"
    finally:
        if data.exists():
            pg("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(data), check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A RAM disk with room for it; copying a database there takes a third of the time."""
    disk = Path("/dev/shm")
    return disk if disk.is_dir() and shutil.disk_usage(disk).free > ROOM else None


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: who runs it then."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _group(owner: str | None) -> int | None:
    if owner is None:
        return None
    import pwd

    return pwd.getpwnam(owner).pw_gid


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
