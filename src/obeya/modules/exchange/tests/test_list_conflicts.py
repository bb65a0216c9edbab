"""What somebody changed in a list's file, and somebody else in the plant: a person decides."""

import pytest

from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests.previews import apply, place, states
from obeya.plant.work.models import Demand

pytestmark = pytest.mark.usefixtures("oak")
ORDERS = "/s/OAK/orders/"


def test_what_somebody_changed_since_the_export_is_a_conflict_that_a_person_decides(
    exported, send, browser_of_ada, plant
):
    book = exported(ORDERS)
    for code, mine in (("SO-1/1", 8), ("SO-2/1", 9)):
        place(book.worksheets[0], code, "Quantity").value = mine
    Demand.objects.filter(code="SO-1/1").update(quantity=6, weight=4)
    Demand.objects.filter(code="SO-2/1").update(quantity=7)
    before = plant()

    checked = send(book)

    first, second = states(checked)
    assert first[:4] == ("Demand", 2, "SO-1/1", "refused")
    assert first[4] == [[
        "Quantity", "8",
        "was 5 when the list was exported, and somebody has made it 6 since",
        "Choose: keep 6, or take 8 all the same.",
        ["6", "8"],
    ]]  # fmt: skip
    assert second[4][0][4] == ["7", "9"]
    assert plant() == before

    ids = dict(checked.rows.values_list("named", "pk"))
    choices = {f"choice-{ids['SO-1/1']}-0": "1", f"choice-{ids['SO-2/1']}-0": "0"}
    browser_of_ada.post(f"/s/OAK/import/{checked.pk}/fix/", choices)

    again = FileImport.objects.get(pk=checked.pk)
    assert [each[2:] for each in states(again)] == [
        ("SO-1/1", "changed", [["quantity", "6", "8"]]),
        ("SO-2/1", "unchanged", []),
    ]
    apply(browser_of_ada, again)
    assert dict(Demand.objects.values_list("code", "quantity")) == {"SO-1/1": 8, "SO-2/1": 7}
    assert Demand.objects.get(code="SO-1/1").weight == 4  # somebody's other change stands


@pytest.fixture
def decided_for_8_over_6(exported, send, browser_of_ada):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Quantity").value = 8
    Demand.objects.filter(code="SO-1/1").update(quantity=6)
    checked = send(book)
    [row] = checked.rows.all()
    browser_of_ada.post(f"/s/OAK/import/{checked.pk}/fix/", {f"choice-{row.pk}-0": "1"})
    again = FileImport.objects.get(pk=checked.pk)
    assert [each[3:] for each in states(again)] == [("changed", [["quantity", "6", "8"]])]
    return again


def test_a_decision_is_over_what_was_seen_and_over_nothing_newer(
    decided_for_8_over_6, browser_of_ada
):
    Demand.objects.filter(code="SO-1/1").update(quantity=7)

    apply(browser_of_ada, decided_for_8_over_6)

    assert Demand.objects.get(code="SO-1/1").quantity == 7
    assert FileImport.objects.get(pk=decided_for_8_over_6.pk).applied_at is None


def test_a_corrected_cell_overwrites_nobody_unseen(exported, send, browser_of_ada):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Quantity").value = "many"
    Demand.objects.filter(code="SO-1/1").update(quantity=6)
    checked = send(book)
    [row] = checked.rows.all()

    browser_of_ada.post(f"/s/OAK/import/{checked.pk}/fix/", {f"cell-{row.pk}-0": "8"})

    [(*_, state, faults)] = states(FileImport.objects.get(pk=checked.pk))
    assert state == "refused"
    assert faults[0][4] == ["6", "8"]


def test_a_change_that_somebody_else_has_made_as_well_is_no_conflict(exported, send):
    book = exported(ORDERS)
    place(book.worksheets[0], "SO-1/1", "Quantity").value = 8
    Demand.objects.filter(code="SO-1/1").update(quantity=8)

    assert [each[3] for each in states(send(book))] == ["unchanged"]
