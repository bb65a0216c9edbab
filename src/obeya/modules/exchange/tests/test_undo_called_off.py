"""An undo in parts that was called off before it began, and what is kept of one that was done."""

from decimal import Decimal

import pytest

from obeya.modules.exchange.actions import AlreadyApplied, TakingOver, begin_take_over, take_part
from obeya.modules.exchange.models import FileImport, ShadowNight
from obeya.modules.exchange.tests.large_file import work
from obeya.modules.exchange.tests.previews import send
from obeya.modules.exchange.tests.test_undo_in_parts import before, undoing, undone
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.plant.issues.models import Issue
from obeya.plant.log import clock, runs
from obeya.plant.log.models import Account, Run
from obeya.plant.resources.models import Material

__all__ = ["before", "undoing"]


def test_stopped_before_a_worker_began_it_is_as_if_nobody_had_said_to_undo_it(
    browser_of_ada, preview, undoing, plant
):
    page = browser_of_ada.post(f"{preview}stop/", follow=True).content.decode()

    assert "The undo was called off before it began. Nothing was undone." in page
    assert "Undo this import" in page
    assert (runs.drain(), undone()) == (0, [])
    undoing.refresh_from_db()
    assert (undoing.stage, undoing.undo_begun_at) == ("applied", None)
    assert "undone in part" not in browser_of_ada.get("/s/OAK/import/").content.decode()

    browser_of_ada.post(f"{preview}undo/")
    runs.drain()
    assert undone() == [0, 1, 2, 3, 4, 5, 6]


def test_what_is_halfway_in_is_gone_on_with_after_its_undo_was_called_off(
    browser_of_ada, preview, begun
):
    work(parts=6)
    for verb in ("stop", "undo", "stop"):
        browser_of_ada.post(f"{preview}{verb}/")
    begun.refresh_from_db()
    assert (begun.stage, undone()) == ("halfway", [])

    browser_of_ada.post(f"{preview}go-on/")
    runs.drain()

    begun.refresh_from_db()
    assert (begun.stage, begun.valid_parts().filter(taken_at=None).count()) == ("applied", 0)


def test_while_its_undo_waits_it_is_not_gone_on_with(browser_of_ada, preview, begun, oak, by):
    work(parts=6)
    for verb in ("stop", "undo"):
        browser_of_ada.post(f"{preview}{verb}/")
    left = begun.valid_parts().get(taken_at=None)

    with pytest.raises(TakingOver, match=r"plant\.xlsx is being undone"):
        begin_take_over(site=oak, checked=begun, by=by)
    with pytest.raises(AlreadyApplied):
        take_part(site=oak, part=left, by=by)

    begun.refresh_from_db()
    assert (begun.stage, begun.applied_at) == ("being undone", None)


def test_an_undo_that_failed_before_its_first_part_says_so_and_is_said_again(
    browser_of_ada, preview, undoing
):
    Run.objects.filter(pk=undoing.run_id).update(status="failed", error="The power went.")

    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Nothing was undone." in page
    assert "The power went." in page
    assert "Undo this import" in page

    browser_of_ada.post(f"{preview}undo/")
    runs.drain()
    assert undone() == [0, 1, 2, 3, 4, 5, 6]


def test_where_only_a_part_was_in_an_undo_that_failed_says_that_nothing_was_undone(
    browser_of_ada, preview, begun
):
    work(parts=6)
    for verb in ("stop", "undo"):
        browser_of_ada.post(f"{preview}{verb}/")
    begun.refresh_from_db()
    Run.objects.filter(pk=begun.run_id).update(status="failed", error="The power went.")

    page = browser_of_ada.get(preview, follow=True).content.decode()

    assert "in the plant.</strong> Nothing was undone. The power went." in page
    assert ShadowNight(file_import=begun, state="taken").why == (
        "Nothing was undone. The power went."
    )


def test_what_is_kept_of_an_undo_calls_parties_and_issues_by_their_codes(
    browser_of_ada, oak, by, large, example
):
    """It stands with the import for good, and whoever may import there reads it."""
    party = [{"code": "C-900", "name": "Nora Nobody", "is_customer": "yes"}.get(name)
             for name in example["Parties"][0]]  # fmt: skip
    large["Parties"] = [example["Parties"][0], party]
    preview = send(browser_of_ada, large)
    browser_of_ada.post(f"{preview}apply/")
    runs.drain()
    begun = FileImport.objects.get()
    browser_of_ada.post(f"{preview}undo/")
    work(parts=1)  # what is used before any part is undone refuses all of it
    row = DemandRow("SO-9/1", "TABLE", Decimal(3), clock.now(), customer="C-900")
    save_demands(site=oak, rows=[row], by=by)
    reporter = Account.objects.get(username="ada")
    beam = Material.objects.get(code="X-0100")
    Issue.objects.create(
        site=oak, code="I-7", title="Nora's screw", type="kaizen", material=beam,
        reported_by=reporter, occurred_at=clock.now(), reported_at=clock.now(),
    )  # fmt: skip

    runs.drain()

    told = [rule for part in begun.valid_parts() for rule, _ in part.left["used"]]
    assert sorted(told) == [
        "material X-0100 is used since by issue I-7",
        "party C-900 is used since by demand SO-9/1",
    ]
    assert "Nora" not in str(list(begun.parts.values_list("left", flat=True)))
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "party C-900 is used since by demand SO-9/1" in page


def test_rows_that_never_went_in_are_forgotten_with_the_undo(browser_of_ada, preview, begun):
    work(parts=2)
    browser_of_ada.post(f"{preview}stop/")
    left = begun.parts.filter(taken_at=None)
    assert left.exclude(rows="").count() == 5

    browser_of_ada.post(f"{preview}undo/")
    runs.drain()

    begun.refresh_from_db()
    assert begun.undone_at is not None
    assert left.exclude(rows="").count() == 0
