"""The example plant, and a digest of everything that the database holds."""

import hashlib
import io
import os
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from obeya.modules.exchange import parts
from obeya.modules.exchange.actions import import_plant, save_shadow_sources
from obeya.modules.exchange.models import FileImport, ShadowNight, ShadowSource
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.queries import plant_sheets
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.rows import Sheets
from obeya.modules.exchange.shadow import folder
from obeya.modules.exchange.shadow.nightly import run_due
from obeya.modules.exchange.shadow.rows import ShadowSourceRow
from obeya.modules.exchange.tests import files, previews
from obeya.modules.exchange.tests.erp import FIRST, HEADER
from obeya.modules.exchange.tests.example_plant import (
    Tables,
    add,
    example_tables,
    example_workbook,
    put,
)
from obeya.modules.exchange.tests.large_file import make_large
from obeya.plant.log.access.actions import renew_shipped_roles
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.models import Account, OperationsEvent, Role, RoleAssignment
from obeya.plant.resources.models import Site


@pytest.fixture(autouse=True)
def own_data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def example() -> Tables:
    """The example plant as tables of cells by sheet, header first; a test spoils one of them."""
    return example_tables()


@pytest.fixture(scope="module", autouse=True)
def is_oak_kept(request: pytest.FixtureRequest) -> bool:
    """Whether the example plant stands for all tests of a file: none of them begins without it."""
    tests = [each for each in request.session.items if each.path == request.path]
    on_a_database = [each for each in tests if _of_database(each) is not None]
    is_kept = bool(on_a_database) and all(
        "oak" in each.fixturenames and _of_database(each) == "rolled back" for each in on_a_database
    )
    if is_kept:
        request.getfixturevalue("kept_for_the_module")
        import_oak()
    return is_kept


def _of_database(test: pytest.Item) -> str | None:
    mark, fixtures = test.get_closest_marker("django_db"), set(test.fixturenames)
    if (mark and mark.kwargs.get("transaction")) or fixtures & {"transactional_db", "live_server"}:
        return "committed"
    return "rolled back" if mark or "db" in fixtures else None


@pytest.fixture
def oak(db: None, is_oak_kept: bool) -> Site:
    """The example plant, imported."""
    if not is_oak_kept:
        import_oak()
    return Site.objects.get(code="OAK")


def import_oak() -> None:
    file = understand(read_content("oak.xlsx", example_workbook()))
    import_plant(file=file, by=system_actor(), source="import")


@pytest.fixture
def digest(db: None) -> Callable[[], str]:
    """Call it before and after: equal means that not one value in any table differs."""

    system_actor()  # its account is made when it first acts
    return lambda: _digest({"django_session"})  # who looks at a page, not what the plant is


@pytest.fixture
def plant(db: None) -> Callable[[], str]:
    """The same without what a preview writes: its own tables, and that a file was looked at."""
    seen = {"exchange_fileimport", "exchange_importrow", "log_operationsevent", "django_session"}
    about_previews = (
        "exchange.file_checked",
        "exchange.file_held",
        "exchange.imports_forgotten",
    )

    def of_the_plant() -> str:
        events = OperationsEvent.objects.exclude(kind__in=about_previews).order_by("pk")
        return _digest(seen) + str(list(events.values_list("pk", "payload")))

    return of_the_plant


def _digest(without: set[str]) -> str:
    whole = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in without:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            whole.update(table.encode())
            whole.update(repr(cursor.fetchall()).encode())
    return whole.hexdigest()


@pytest.fixture
def someone(db: None) -> Callable[..., Account]:
    """someone("ada", "administrator"): an account with this role everywhere."""
    renew_shipped_roles(by=system_actor())

    def make(username: str, role: str, site: Site | None = None) -> Account:
        account = Account.objects.create(username=username)
        role_row = Role.objects.get(code=role)
        RoleAssignment.objects.create(account=account, role=role_row, site=site)
        return account

    return make


@pytest.fixture
def browser_of_ada(client: Client, someone: Callable[..., Account]) -> Client:
    client.force_login(someone("ada", "administrator"))
    return client


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large has a twentieth of the rows that it has in life, and so has a part of it."""
    monkeypatch.setattr(parts, "AT_ONCE", parts.AT_ONCE // 20)
    monkeypatch.setattr(parts, "IN_A_PART", parts.IN_A_PART // 20)


@pytest.fixture
def large(small_parts: None, oak: Site, example: Tables) -> Tables:
    """A file that goes in by parts; test_true_size.py has one that needs no small parts."""
    return make_large(example)


@pytest.fixture
def preview(browser_of_ada: Client, large: Tables) -> str:
    """The address of its preview."""
    file = SimpleUploadedFile("plant.xlsx", files.workbook(large))
    sent = browser_of_ada.post("/s/OAK/import/", {"file": file, "profile": "obeya"})
    return str(sent.headers["Location"])


@pytest.fixture
def begun(browser_of_ada: Client, preview: str) -> FileImport:
    """Ada has said yes, and no worker has begun."""
    browser_of_ada.post(f"{preview}apply/")
    found = FileImport.objects.select_related("run").get()
    assert (found.is_under_way, found.begun_at) == (True, None)
    return found


@pytest.fixture
def by() -> Actor:
    return system_actor()


@pytest.fixture
def says(oak: Site, by: Actor) -> Callable[[], Sheets]:
    """All that the plant says as a workbook: equal before and after means undone."""
    return lambda: plant_sheets(site=oak, by=by)


@pytest.fixture
def source(oak: Site, by: Actor) -> ShadowSource:
    """A list of the ERP, looked for at 04:00."""
    save_shadow_sources(site=oak, rows=[ShadowSourceRow("parts", "obeya", time(4))], by=by)
    ShadowSource.objects.update(due_at=FIRST)
    return ShadowSource.objects.select_related("site").get()


@pytest.fixture
def erp(source: ShadowSource) -> Callable[..., Path]:
    """erp(BEAM, WAX): the ERP writes its list, ten minutes before ``now``."""

    def write(*rows: list[Any], now: datetime = FIRST, name: str = "parts.xlsx") -> Path:
        path = folder.folder_of(source) / name
        path.write_bytes(files.workbook({"Materials": [HEADER, *rows]}))
        written = (now - timedelta(minutes=10)).timestamp()
        os.utime(path, (written, written))
        return path

    return write


@pytest.fixture
def night(source: ShadowSource, by: Actor) -> Callable[..., ShadowNight]:
    """night(): the list is looked for."""

    def run(now: datetime = FIRST) -> ShadowNight:
        ShadowSource.objects.update(due_at=now)
        [done] = run_due(by=by, now=now)
        return done

    return run


@pytest.fixture
def exported(browser_of_ada: Client) -> Callable[..., Any]:
    """exported("/s/OAK/orders/"): the workbook of the list on that page."""

    def export(address: str, query: str = "") -> Any:
        browser_of_ada.get("/")
        answer = browser_of_ada.get(f"{address}?format=xlsx{query}")
        assert answer.status_code == 200
        return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

    return export


@pytest.fixture
def send(browser_of_ada: Client) -> Callable[..., Any]:
    """send(book): the import that opened, or the page that refused it."""

    def sending(book: Any, page: str = "/s/OAK/import/") -> Any:
        content = io.BytesIO()
        book.save(content)
        file = SimpleUploadedFile("list.xlsx", content.getvalue())
        answer = browser_of_ada.post(page, {"file": file, "profile": ""}, follow=True)
        return FileImport.objects.last() if answer.status_code == 200 else answer

    return sending


@pytest.fixture
def take_over(browser_of_ada: Client) -> Callable[[Tables], FileImport]:
    """take_over(tables): the import of this file, taken over on its page."""

    def taken(tables: Tables) -> FileImport:
        browser_of_ada.post(f"{previews.send(browser_of_ada, tables)}apply/")
        found = FileImport.objects.latest("pk")
        assert found.applied_at is not None
        return found

    return taken


@pytest.fixture
def wrong_file(oak: Site, example: Tables) -> Tables:
    """Changes a material and a BOM line, moves a holiday, adds material, line, party, demand."""
    put(example, "Materials", 2, "name", "Round table")
    put(example, "Materials", 2, "safety_stock", 12.5)
    put(example, "BOM", 2, "quantity_per", 5)
    put(example, "Calendars", 3, "on_date", "2027-01-01")
    put(example, "Calendars", 3, "ends_on", None)
    add(example, "Materials", code="WAX", kind="consumable")
    add(example, "BOM", material="TABLE", component="WAX", quantity_per=1)
    add(example, "Parties", code="C-900", is_customer="yes")
    add(example, "Demand", code="SO-9/1", material="TABLE", quantity=3, due_at="2027-02-01",
        customer="C-900")  # fmt: skip
    wanted = ("Calendars", "Parties", "Materials", "BOM", "Demand")
    return {name: example[name] for name in wanted}
