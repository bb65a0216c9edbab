"""What is exported can be imported, and says the same again."""

import io
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obeya.config.cli import main
from obeya.modules.engineering.rows import MaterialRow, OperationRow
from obeya.modules.exchange.actions import import_plant
from obeya.modules.exchange.own_format import read_own, understand
from obeya.modules.exchange.queries import plant_sheets
from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.reading.typed import read_rows
from obeya.modules.exchange.sheets import ROW_CLASSES
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.writing.book import write_workbook
from obeya.modules.exchange.writing.example import EXAMPLE
from obeya.modules.orders.rows import DemandRow
from obeya.modules.organisation.rows import CalendarRow
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Material, MaterialAtSite, Site
from obeya.plant.work.models import Demand

WRITES = settings(deadline=None, max_examples=40)  # a whole workbook each time
CODES = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"], exclude_characters=","),
    min_size=1,
    max_size=30,
)
QUANTITIES = st.decimals(0, 10**12 - 1, places=6, allow_nan=False, allow_infinity=False)
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
DAYS = st.dates(date(1900, 3, 1), date(2190, 1, 1))
MOMENTS = st.datetimes(datetime(1900, 3, 1), datetime(2190, 1, 1)).map(
    lambda at: at.replace(microsecond=0)
)
TEXTS = CODES | st.just("")


def there_and_back(row_class, rows):
    content = io.BytesIO()
    write_workbook(content, [(row_class, rows)], [])
    sheet = read_content("plant.xlsx", content.getvalue()).sheets[1]
    typed = read_rows(sheet, row_class)
    assert typed.faults == []
    return [row_class(**row.given) for row in typed.rows]


def plain(rows):
    """Rows without what has no column of its own while it is empty."""
    return [{k: v for k, v in vars(row).items() if v != {}} for row in rows]


@WRITES
@given(st.lists(st.builds(MaterialRow, code=CODES, name=TEXTS, kind=st.sampled_from(
    ["finished", "raw"]), is_lot_tracked=st.booleans(), policy=st.sampled_from([None, "buy"]),
    safety_stock=QUANTITIES, lead_time_days=QUANTITIES, standard_cost=QUANTITIES,
    translations=st.dictionaries(st.sampled_from(["de", "es"]), CODES)), min_size=1, max_size=5,
))  # fmt: skip
def test_materials_read_back_as_they_were_written(rows):
    rows = [
        MaterialRow(**{
            **vars(row),
            "code": unicodedata.normalize("NFC", row.code),
            "name": unicodedata.normalize("NFC", row.name),
            "translations": {
                k: unicodedata.normalize("NFC", v) for k, v in row.translations.items()
            },
        })
        for row in rows
    ]  # fmt: skip
    assert plain(there_and_back(MaterialRow, rows)) == plain(rows)


@WRITES
@given(st.builds(OperationRow, material=st.just("M"), number=st.integers(1, 10**6),
    run_s=QUANTITIES, setup_min=QUANTITIES, transfer_quantity=st.none() | QUANTITIES,
    predecessors=st.lists(st.integers(1, 99).map(str), max_size=3).map(tuple)))  # fmt: skip
def test_operations_read_back_as_they_were_written(row):
    assert there_and_back(OperationRow, [row]) == [row]


@WRITES
@given(st.builds(CalendarRow, calendar=st.just("C"), starts_at=st.none() | TIMES, ends_at=TIMES,
    valid_from=st.none() | DAYS, on_date=DAYS))  # fmt: skip
def test_times_and_days_read_back_as_they_were_written(row):
    assert there_and_back(CalendarRow, [row]) == [row]


@WRITES
@given(MOMENTS)
def test_a_due_date_at_midnight_stays_at_midnight(at):
    row = DemandRow("D1", "M1", Decimal(1), at)
    assert plain(there_and_back(DemandRow, [row])) == plain([row])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["plant.xlsx", "plant"])
def test_export_import_export_gives_the_same_plant(oak, name, tmp_path):
    """Into an empty Obeya: the second site takes no code from the first, but the masters do."""
    first = plant_sheets(site=oak, by=system_actor())
    assert main(["export", str(tmp_path / name), "--site", "OAK"]) == 0
    file = read_own(tmp_path / name)

    import_plant(file=file, site_code="ELM", zone="Europe/Berlin", by=system_actor())

    elm = Site.objects.get(code="ELM")
    second = plant_sheets(site=elm, by=system_actor())
    for (row_class, rows), (_, again) in zip(first[1:], second[1:], strict=True):
        assert again == rows, row_class.SHEET


@pytest.mark.usefixtures("oak")
@pytest.mark.django_db
def test_importing_an_export_changes_nothing(tmp_path, capsys):
    main(["export", str(tmp_path / "oak.xlsx")])
    capsys.readouterr()
    assert main(["import", str(tmp_path / "oak.xlsx")]) == 0
    out = capsys.readouterr().out
    assert out.count(": 0 new, 0 changed,") == 15


def test_the_template_has_every_sheet_and_column_and_explains_them(tmp_path):
    assert main(["template", str(tmp_path / "empty.xlsx")]) == 0
    book = read_content("empty.xlsx", (tmp_path / "empty.xlsx").read_bytes())
    assert [sheet.name for sheet in book.sheets] == [
        "Read me", *(row_class.SHEET for row_class in ROW_CLASSES),
    ]  # fmt: skip
    told = {(row.get(0), row.get(1)) for row in book.sheets[0].rows.values()}
    for row_class, sheet in zip(ROW_CLASSES, book.sheets[1:], strict=True):
        assert list(sheet.rows[1].values()) == list(columns_of(row_class))
        assert {(row_class.SHEET, column) for column in columns_of(row_class)} <= told


def test_a_file_that_is_there_is_not_written_over(tmp_path, capsys):
    (tmp_path / "empty.xlsx").write_text("mine")
    assert main(["template", str(tmp_path / "empty.xlsx")]) == 1
    assert (tmp_path / "empty.xlsx").read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_the_example_is_imported_with_one_event_for_the_whole(oak):
    event = OperationsEvent.objects.get(kind="exchange.plant_imported")
    assert event.data["counts"]["Materials"] == [4, 0, 0]
    assert event.site_id == oak.pk
    assert event.source == "import"
    assert (oak.name, oak.time_zone) == ("Oak Tables", "Europe/Berlin")


def test_a_sheet_with_few_columns_leaves_the_others_as_they_are(oak):
    file = understand(
        read_content(
            "costs.xlsx",
            files.workbook({"Materials": [["code", "standard_cost"], ["BEAM", 14.25]]}),
        )
    )

    done = import_plant(file=file, site_code="OAK", by=system_actor())

    assert (done.counts["Materials"].changed, done.counts["Materials"].new) == (1, 0)
    beam = MaterialAtSite.objects.get(material__code="BEAM", site=oak)
    assert (beam.standard_cost, beam.lead_time_s, beam.lot_multiple) == (
        Decimal("14.25"), 5 * 86_400, 10,
    )  # fmt: skip
    assert Material.objects.get(code="BEAM").name == "Oak beam"


def test_the_example_uses_every_kind_of_sheet_but_units_and_reasons():
    used = {row_class.SHEET for row_class, _ in EXAMPLE}
    assert {row_class.SHEET for row_class in ROW_CLASSES} - used == {"Units", "Reasons"}
    assert time(6) in {row.starts_at for row in dict(EXAMPLE)[CalendarRow]}


def test_every_column_says_what_it_means():
    silent = [
        f"{row_class.SHEET}.{column.name}"
        for row_class in ROW_CLASSES
        for column in columns_of(row_class).values()
        if not column.note
    ]
    assert silent == []


def test_a_sheet_of_ones_own_is_left_aside_and_a_foreign_site_is_said(oak):
    tables = {
        "Site": [["code", "time_zone"], ["ELM", "Europe/Berlin"]],
        "Demand": [["code", "material", "quantity", "due_at"], ["SO-9", "TABLE", 1, "2026-12-30"]],
        "#Materials": [["scribbles"]],
        "Prices 2026": [["more scribbles"]],
    }
    file = understand(read_content("orders.xlsx", files.workbook(tables)))

    done = import_plant(file=file, site_code="OAK", by=system_actor())

    assert done.counts["Demand"].new == 1
    assert done.notes == (
        "Sheet Prices 2026 is none of ours and was not read.",
        "The file calls its site ELM; it goes into OAK.",
    )
    assert Demand.objects.get(code="SO-9").due_at.isoformat() == "2026-12-30T22:59:00+00:00"
