"""An invented plant, filled on a Monday morning, and the plant of truth beside it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import get_resolver

from obeya.config.invented import import_invented
from obeya.config.plant_of_truth import let_in
from obeya.modules.scheduling import drafting
from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.log import clock, deliveries, runs
from obeya.plant.log.access.actions import renew_shipped_roles
from obeya.plant.log.actor import system_actor
from obeya.plant.log.demo_clock import set_demo_clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.rooms import rooms
from obeya.plant.work.models import JobOrder, SupplyOrder
from obeya_demo_plant.doors import Doors
from obeya_demo_plant.living import Living, step_through
from obeya_demo_plant.memory import Memory
from tests.plant_of_truth.another_database import another_database, last_ids

MONDAY = datetime(2026, 11, 23, 5, tzinfo=UTC)  # 06:00 in Berlin
HOUR_S = 3600


@dataclass
class Demo:
    """A filled demo; `plant()` opens (or opens again) the plant of truth of a seed."""

    folder: Path
    token: str
    posts: int = 0
    cut_after: int | None = None  # posts that arrive before the line goes dead
    refusals: list[str] = field(default_factory=list)
    client: Client = field(default_factory=Client)

    def plant(self, seed: int = 1) -> Living:
        memory = Memory(self.folder / f"plant-{seed}.json")
        return Living(Doors("KES", self._send), memory, seed=seed, say=self.refusals.append)

    def live(self, hours: float, *, seed: int = 1, plans_anew: bool = True) -> Living:
        plant = self.plant(seed)
        until = int(MONDAY.timestamp() + hours * HOUR_S)
        step_through(plant, until=until, step_s=HOUR_S, plans_anew=plans_anew)
        return plant

    def _send(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, str]:
        deliveries.drain("fast")
        if "/plan-runs/" in path:
            runs.drain()
        said = {"Authorization": f"Bearer {self.token}", **headers}
        if method == "GET":
            answer = self.client.get(path, headers=said)
        else:
            answer = self.client.post(path, body, content_type="application/json", headers=said)
            self.posts += 1
            if self.posts == self.cut_after:
                raise ConnectionResetError("the answer never came")
        return answer.status_code, answer.content.decode()


@contextmanager
def an_empty_demo(folder: Path) -> Iterator[None]:
    """Nothing stands in it yet; its data lie in the folder."""
    assert get_resolver().url_patterns  # read as they are without a demo, for the tests that follow
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(DEMO=True, DATA=folder, PASSWORD_HASHERS=quick):
        if connection.vendor == "postgresql":  # one transaction, and searches inside it
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        clock.forget()
        drafting.forget()
        yield
        clock.forget()
        drafting.forget()


def filled_demo(folder: Path, size: str = "S") -> Demo:
    """Filled on Monday at six, with a plan in force and its clock standing."""
    clock.forget()
    drafting.forget()
    by = system_actor()
    with clock.held_at(MONDAY):
        renew_shipped_roles(by=by)
        if size != "S":
            import_invented(size, by=by)
        for module in rooms():
            if module.demo is not None:
                module.demo(by=by)
        set_demo_clock(shown=MONDAY, rate=0, by=by)
        token = let_in(by=by).read_text()
    return Demo(folder, token)


@pytest.fixture
def nothing(db, tmp_path) -> Iterator[Path]:
    """A demo that holds nothing yet; the folder of its data."""
    with an_empty_demo(tmp_path):
        yield tmp_path


@pytest.fixture
def demo(nothing) -> Callable[..., Demo]:
    """demo("S"): a filled one."""
    return partial(filled_demo, nothing)


@pytest.fixture
def twice(demo):
    """twice("S", live): what two plants, each from its beginning, leave in the books.

    All but the first live as if in another database.
    """

    def lived(size: str, live: Callable[[Demo], object]) -> list[str]:
        here = demo(size)
        live(here)
        for file in here.folder.glob("plant-*"):
            file.unlink()
        return books()

    def run(size: str, *lives: Callable[[Demo], object]) -> list[list[str]]:
        first, *others = lives
        before, ids = connection.savepoint(), last_ids()
        found = [lived(size, first)]
        written = last_ids()
        connection.savepoint_rollback(before)
        for live in others:
            before = connection.savepoint()
            with another_database(ids, written):
                found.append(lived(size, live))
            connection.savepoint_rollback(before)
        return found

    return run


def books() -> list[str]:
    """Everything that the reports have written, without ids and recorded times, sorted."""
    tables = (
        StockMove.objects.values_list(
            "material__code", "quantity", "from_location__code", "to_location__code", "lot__code",
            "status", "effective_at", "job__code", "document",
        ),
        TimeLog.objects.values_list(
            "kind", "equipment__code", "person__code", "job__code", "reason__code", "began_at",
            "ended_at",
        ),
        JobOrder.objects.values_list(
            "code", "dispatch_status", "equipment__code", "planned_start_at", "actual_start_at",
            "actual_end_at", "totals__good", "totals__scrap", "totals__run_s", "totals__down_s",
        ),
        SupplyOrder.objects.exclude(number=None).values_list("number", "status", "quantity"),
        OperationsEvent.objects.values_list("kind", "effective_at", "source"),
    )  # fmt: skip
    return sorted(f"{rows.model.__name__} {row}" for rows in tables for row in rows)


def digest(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
