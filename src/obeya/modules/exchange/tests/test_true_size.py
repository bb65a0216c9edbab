"""A file is large from 2,001 rows on, and goes in and back by parts of some hundred.

The other tests of large files make them, and their parts, a twentieth of that (`small_parts`).
"""

import pytest

from obeya.config.cli import main
from obeya.modules.engineering.public import MaterialRow, ToolRow
from obeya.modules.exchange.actions import begin_undo
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.modules.exchange.parts import in_parts, is_large
from obeya.modules.exchange.sheets import BY_NAME
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.erp import BEAM, WAX
from obeya.modules.exchange.tests.large_file import make_large, taken
from obeya.modules.exchange.tests.previews import send
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log import runs
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Material


def test_two_thousand_rows_go_in_whole_and_one_more_by_parts():
    assert (is_large(2_000), is_large(2_001)) == (False, True)


def test_a_part_has_a_thousand_rows_and_half_of_that_where_a_row_takes_longer():
    tools = list(enumerate([ToolRow(f"T-{n}") for n in range(1_001)]))
    materials = list(enumerate([MaterialRow(f"M-{n}") for n in range(1_001)]))

    assert [len(part) for part in in_parts(BY_NAME["Tools"], tools)] == [1_000, 1]
    assert [len(part) for part in in_parts(BY_NAME["Materials"], materials)] == [500, 500, 1]


def test_3206_rows_go_in_by_seven_parts_and_go_back_by_the_same(browser_of_ada, oak, example):
    preview = send(browser_of_ada, make_large(example, materials=2_100, stocked=1_100))
    browser_of_ada.post(f"{preview}apply/")

    assert runs.drain() == 1

    assert taken() == [("Materials", 500)] * 4 + [("Materials", 104), ("Stock", 1_000),
                                                  ("Stock", 102)]  # fmt: skip
    over = FileImport.objects.get()
    assert (over.stage, over.run.result) == ("applied", {"rows": 3_206})
    imported = OperationsEvent.objects.filter(kind="exchange.plant_imported").latest("pk")
    assert imported.data["counts"] == {"Materials": [2_100, 1, 3], "Stock": [1_100, 0, 2]}
    assert StockBalance.objects.get(material__code="X-1099", quantity__gt=0).quantity == 1_100

    browser_of_ada.post(f"{preview}undo/")
    assert runs.drain() == 1

    told = OperationsEvent.objects.filter(kind="exchange.part_undone").order_by("pk")
    assert [each.data["place"] for each in told] == [6, 5, 4, 3, 2, 1, 0]
    left = Material.objects.filter(code__startswith="X-")
    assert left.count() == 1_100  # the books of the store name them
    assert not StockBalance.objects.filter(material__in=left).exclude(quantity=0).exists()
    assert Material.objects.get(code="TABLE").name == "Oak table"
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "1,100 rows stay, because the books name them" in page


@pytest.mark.usefixtures("db")
def test_the_command_says_how_far_it_is_and_opens_the_site(tmp_path, capsys, by):
    path = tmp_path / "elm.xlsx"
    rows = [["code", "name"], *([f"Y-{n:04}", f"bolt {n}"] for n in range(2_500))]
    site = [["code", "time_zone"], ["ELM", "Europe/Berlin"]]
    path.write_bytes(files.workbook({"Site": site, "Materials": rows}))

    assert main(["import", str(path)]) == 0

    said = capsys.readouterr()
    assert "Site ELM (new)" in said.out
    assert "  Materials: 2500 new, 0 changed, 0 as before" in said.out
    assert "Comparing 2,500 rows with the plant …" in said.err
    assert "  2,500 of 2,500 rows" in said.err
    found = FileImport.objects.get()
    assert (found.applied_at is not None, found.run.status) == (True, "succeeded")
    begin_undo(site=found.site, done=found, by=by)
    runs.drain()
    assert not Material.objects.exists()


def test_a_night_of_2202_rows_goes_in_by_five_parts(erp, night):
    erp(BEAM, WAX, *([f"N-{n:04}", f"part {n}", 0, 5] for n in range(2_200)))

    done = night()

    assert (done.state, done.stage) == ("taken", "under way")
    assert runs.drain() == 1
    done.file_import.refresh_from_db()
    assert done.stage == "taken"
    counts = ImportPart.objects.order_by("place").values_list("count", flat=True)
    assert list(counts) == [500, 500, 500, 500, 202]
    assert Material.objects.filter(code__startswith="N-").count() == 2_200
