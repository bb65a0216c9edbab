"""Where a large file is cut, and how its rows are kept."""

import pytest

from obeya.modules.engineering.public import MaterialRow, OperationRow
from obeya.modules.exchange.parts import in_parts
from obeya.modules.exchange.sheets import BY_NAME, SHEETS
from obeya.modules.exchange.stored_rows import from_text, to_text
from obeya.modules.exchange.writing.example import EXAMPLE
from obeya.modules.organisation.public import EquipmentRow, ReasonRow, UnitRow


def numbered(rows):
    return list(enumerate(rows, start=2))


def test_a_part_ends_where_the_next_thing_begins():
    kind = BY_NAME["Operations"]
    rows = [OperationRow(f"M{n // 3}", 10 * (n % 3 + 1)) for n in range(900)]

    parts = list(in_parts(kind, numbered(rows)))

    assert [len(part) for part in parts] == [498, 402]
    assert [row for part in parts for _, row in part] == rows
    assert parts[1][0] == (500, OperationRow("M166", 10))


def test_rows_about_one_thing_come_together_from_wherever_they_stand():
    kind = BY_NAME["Operations"]
    rows = [OperationRow(f"M{n % 300}", 10 * (n // 300 + 1)) for n in range(900)]

    first, second = in_parts(kind, numbered(rows))

    assert [(number, row.material) for number, row in first[:4]] == [
        (2, "M0"), (302, "M0"), (602, "M0"), (3, "M1"),
    ]  # fmt: skip
    assert len(first) + len(second) == 900


def test_machines_come_after_the_work_center_that_they_stand_in():
    machines = [EquipmentRow(f"PRESS-{n}", level="unit", parent="SHOP") for n in range(1_200)]
    shop = EquipmentRow("SHOP", level="center", parent="HALL")
    hall = EquipmentRow("HALL", level="area")

    first, second = in_parts(BY_NAME["Equipment"], numbered([*machines, shop, hall]))

    assert [row.code for _, row in first[:3]] == ["HALL", "SHOP", "PRESS-0"]
    assert [number for number, _ in second] == list(range(1_000, 1_202))


def test_a_circle_of_machines_is_cut_anyhow():
    rows = [EquipmentRow(f"E{n}", level="unit", parent=f"E{(n + 1) % 1_500}") for n in range(1_500)]

    parts = list(in_parts(BY_NAME["Equipment"], numbered(rows)))

    assert sorted(row.code for part in parts for _, row in part) == sorted(r.code for r in rows)


def test_a_sheet_of_one_part_keeps_the_order_of_the_file():
    rows = [MaterialRow("B"), MaterialRow("A"), MaterialRow("B", revision="B")]

    [part] = in_parts(BY_NAME["Materials"], numbered(rows))

    assert [row for _, row in part] == rows


WITHOUT_EXAMPLE = {
    UnitRow: [UnitRow("m3", "cubic metre")],
    ReasonRow: [ReasonRow("down", "JAM"), ReasonRow("down", "JAM-1", "cover open", "JAM")],
}


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.name)
def test_rows_come_back_from_their_text_as_they_were(kind):
    rows = numbered((dict(EXAMPLE) | WITHOUT_EXAMPLE)[kind.row_class])

    again = from_text(to_text(rows), kind.row_class)

    assert again == rows
    assert [repr(each) for each in again] == [repr(each) for each in rows]
