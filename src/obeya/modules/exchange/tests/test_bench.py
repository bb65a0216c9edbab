"""`obeya bench import` measures what it says, on a plant that can be counted by hand."""

import json
import os
import subprocess
import sys

import pytest

from obeya.modules.exchange.benches.synthetic import is_synthetic, sheets_of

TABLES = {
    "items.csv": "item,kind,supplier_lead_days,on_hand\nFG1,make,,3\nSA1,make,,0\nRM1,buy,14,\n",
    "bom.csv": "parent,component,qty_per\nFG1,SA1,4\nSA1,RM1,0.5\n",
    "routing.csv": "item,work_center,setup_min,run_sec_per_unit\nFG1,WC1,10,21\nSA1,WC2,5,30\n",
    "demand.csv": "order,item,qty,due,priority\nSO1,FG1,35,2027-02-01,2\n",
}


@pytest.fixture
def plant(tmp_path):
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_four_plain_tables_become_the_sheets_of_our_workbook(plant):
    assert is_synthetic(plant)

    sheets = {row_class.SHEET: rows for row_class, rows in sheets_of(plant)}
    assert [(each.code, each.kind) for each in sheets["Materials"]] == [
        ("FG1", "finished"),
        ("SA1", "semifinished"),
        ("RM1", "purchased"),
    ]
    assert [each.code for each in sheets["Equipment"]] == ["STORE", "WC1", "WC2"]
    assert [(each.material, each.quantity) for each in sheets["Stock"]] == [("FG1", 3)]
    [demand] = sheets["Demand"]
    assert (demand.code, demand.quantity, demand.weight) == ("SO1", 35, 2)


def test_without_one_of_its_tables_a_folder_is_no_such_plant(plant):
    (plant / "routing.csv").unlink()

    assert not is_synthetic(plant)


@pytest.mark.slow
@pytest.mark.database
def test_the_command_counts_rows_steps_and_taps_and_leaves_no_database(plant, tmp_path):
    """In a process of its own: a bench makes and drops a database beside those of the tests."""
    command = "import sys; from obeya.config.cli import main; sys.exit(main(sys.argv[1:]))"
    answer = tmp_path / "answer.json"
    done = subprocess.run(
        [sys.executable, "-c", command, "bench", "import", str(plant), "--json", str(answer)],
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join(sys.path), "OBEYA_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    figures = json.loads(answer.read_text())["figures"]
    assert figures["rows_by_sheet"] == {
        "Calendars": 1,
        "Equipment": 3,
        "Materials": 3,
        "BOM": 2,
        "Operations": 2,
        "Stock": 1,
        "Demand": 1,
    }
    assert figures["differences_afterwards"] == 0
    assert figures["taps"] > 0
    assert figures["longest_transaction_s"] <= figures["opened_to_committed_s"]
    undo = figures["undo"]
    assert (undo["used_meanwhile"], undo["taps"] > 0) == (0, True)
    assert undo["rows_left"] == {"Equipment": 1, "Materials": 1}  # FG1 lay in STORE, say the books
