"""The process tree as a plant runs it."""

import os
import select
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timing]


def answers(server):
    try:
        urllib.request.urlopen(f"{server.url}/login/", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def children(server):
    """Process ids by what they do."""
    found = {}
    for each in (
        Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    ):
        try:
            arguments = Path(f"/proc/{each}/cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue  # it ended between the two looks
        found[" ".join(arguments[3:-2])] = int(each)
    return found


def wait_until(true, patience_s=30):
    until = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < until, "it never came true"


def ended(pid, patience_s=30):
    """Wait for the end of a process that is not our child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(handle) as watched:
        return bool(select.select([watched], [], [], patience_s)[0])


def test_it_ends_within_three_seconds_and_leaves_nobody_behind(fresh_server):
    pids = children(fresh_server)
    assert set(pids) == {"web", "worker --lane fast", "worker --lane slow"}

    began = time.monotonic()
    os.kill(fresh_server.process.pid, signal.SIGTERM)
    assert fresh_server.process.wait(timeout=10) == 0

    assert time.monotonic() - began <= 3
    assert all(ended(pid, patience_s=0) for pid in pids.values())


def test_a_child_that_is_killed_comes_back(fresh_server):
    before = children(fresh_server)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    wait_until(lambda: set(before.values()).isdisjoint(children(fresh_server).values()))
    wait_until(lambda: len(children(fresh_server)) == 3 and answers(fresh_server))


def test_children_end_when_their_parent_is_killed(fresh_server):
    pids = children(fresh_server)
    os.kill(fresh_server.process.pid, signal.SIGKILL)
    fresh_server.process.wait()

    assert all(ended(pid) for pid in pids.values())


def test_after_a_power_cut_it_starts_cleanly_and_its_books_agree(fresh_server):
    fresh_server.kill()
    fresh_server.start()

    assert "DISAGREES" not in fresh_server.obeya("verify")
    assert "Everything is as it must be." in fresh_server.obeya("check")


def test_a_backup_of_a_running_plant_is_restored_elsewhere(fresh_server, tmp_path):
    file = tmp_path / "copy.tar"
    fresh_server.obeya("seal")
    digest = fresh_server.obeya("seal").split()[-1]
    fresh_server.obeya("backup", str(file))
    if fresh_server.environment["OBEYA_DATABASE_URL"]:
        pytest.skip("restoring needs an empty database beside this one")
    elsewhere = tmp_path / "elsewhere"
    fresh_server.environment["OBEYA_DATA"] = str(elsewhere)

    assert "Restored" in fresh_server.obeya("restore", str(file))

    assert (elsewhere / "secret-key").read_text() == (fresh_server.data / "secret-key").read_text()
    assert f"Last digest: {digest}" in fresh_server.obeya("verify", "--digest", digest)
