"""What a planner does on the board: drop, undo, redo, lock; and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from obeya.engines.scheduling import check
from obeya.modules.scheduling import commands, drafting
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.lateness import lateness_of
from obeya.modules.scheduling.models import Draft, PlanCommand
from obeya.modules.scheduling.refusals import DraftMoved, MoveRefused, NothingToUndo
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.refusal import NotPermitted

HOUR = 3600


def fresh(draft):
    return Draft.objects.select_related("base", "site").get(pk=draft.pk)


@pytest.fixture
def draft(joinery):
    """Two orders of chairs: sawing 80 min each, assembly 100 min each."""
    joinery.order("SO-1", Decimal(10), NOW + timedelta(hours=5))
    joinery.order("SO-2", Decimal(10), NOW + 2 * DAY)
    return fresh(joinery.plan())


def bar(drawn, demand_code, material_code):
    """The operation of a material made for a demand."""
    position = {row.demand.code: row.chain for row in lateness_of(drawn.plant, drawn.schedule)}
    return next(
        i
        for i in range(len(drawn.schedule))
        if drawn.plant.step(i).order.material.code == material_code
        and drawn.plant.step(i).order.pk in position[demand_code]
    )


def drop(draft, operation, row, start, revision=None):
    return commands.move_operation(
        draft=fresh(draft),
        revision=fresh(draft).revision if revision is None else revision,
        operation=operation,
        row=row,
        start=start,
        by=system_actor(),
        now=NOW,
    )


def late(drawn):
    return [row.demand.code for row in lateness_of(drawn.plant, drawn.schedule) if row.late_s > 0]


def test_dropping_the_sawing_later_pushes_the_assembly_and_makes_the_order_late(draft):
    before = draw(draft, now=NOW)
    saw = bar(before, "SO-1", "LEG")
    assert late(before) == []

    outcome = drop(draft, saw, "SAW-1", 4 * HOUR)

    assert outcome.verdict == "repaired"
    assert int(outcome.after.schedule.start[saw]) == 4 * HOUR
    assert check(outcome.after.plant.problem, outcome.after.schedule) == []
    assert late(outcome.after) == ["SO-1"]


def test_undo_restores_every_bar_and_redo_brings_the_drop_back(draft):
    before = draw(draft, now=NOW)
    saw = bar(before, "SO-1", "LEG")
    moved = drop(draft, saw, "SAW-1", 4 * HOUR).after

    undone = commands.undo(draft=fresh(draft), revision=1, by=system_actor(), now=NOW).after
    redone = commands.redo(draft=fresh(draft), revision=2, by=system_actor(), now=NOW).after

    assert undone.schedule.start.tolist() == before.schedule.start.tolist()
    assert redone.schedule.start.tolist() == moved.schedule.start.tolist()
    assert [c.kind for c in PlanCommand.objects.order_by("sequence")] == ["move", "undo", "redo"]
    with pytest.raises(NothingToUndo):
        commands.redo(draft=fresh(draft), revision=3, by=system_actor(), now=NOW)


def test_another_process_comes_to_the_same_schedule_from_the_commands(draft):
    saw = bar(draw(draft, now=NOW), "SO-1", "LEG")
    here = drop(draft, saw, "SAW-1", 4 * HOUR).after

    drafting.forget()
    there = draw(fresh(draft), now=NOW)

    assert there.schedule.start.tolist() == here.schedule.start.tolist()
    assert there.schedule.machine.tolist() == here.schedule.machine.tolist()


def test_a_drop_on_a_machine_that_cannot_do_it_is_refused_and_changes_nothing(draft):
    saw = bar(draw(draft, now=NOW), "SO-1", "LEG")

    with pytest.raises(MoveRefused, match="cannot be done on BENCH-1"):
        drop(draft, saw, "BENCH-1", 4 * HOUR)

    assert fresh(draft).revision == 0
    assert not PlanCommand.objects.exists()


def test_a_drop_before_its_predecessor_is_refused_with_the_time_that_would_do(draft):
    bench = bar(draw(draft, now=NOW), "SO-1", "CHAIR")

    with pytest.raises(MoveRefused, match=r"LEG/10, which is ready at Mon 23\.11\. 07:20"):
        drop(draft, bench, "BENCH-1", 60)

    assert not PlanCommand.objects.exists()


def test_a_drop_on_a_plan_that_somebody_changed_is_stale(draft):
    saw = bar(draw(draft, now=NOW), "SO-1", "LEG")
    drop(draft, saw, "SAW-1", 4 * HOUR)

    with pytest.raises(DraftMoved):
        drop(draft, saw, "SAW-1", 5 * HOUR, revision=0)

    assert PlanCommand.objects.count() == 1


def test_a_drop_that_counts_from_another_basis_is_stale(draft):
    """After a restart, or when a job began, the board's positions and seconds mean others."""
    drawn = draw(draft, now=NOW)
    drafting.forget()

    with pytest.raises(DraftMoved):
        commands.move_operation(
            draft=fresh(draft),
            revision=0,
            basis=drawn.plant.basis,
            operation=bar(drawn, "SO-1", "LEG"),
            row="SAW-1",
            start=HOUR,
            by=system_actor(),
            now=NOW + timedelta(hours=1),
        )

    assert not PlanCommand.objects.exists()


def test_what_is_locked_is_not_locked_again_and_what_is_not_is_not_unlocked(draft):
    operation = bar(draw(fresh(draft), now=NOW), "SO-1", "LEG")

    def lock(locked):
        common = {"by": system_actor(), "now": NOW}
        seen = fresh(draft)
        commands.lock_operation(
            draft=seen, revision=seen.revision, operation=operation, locked=locked, **common
        )

    with pytest.raises(MoveRefused, match="LEG/10 is not locked"):
        lock(False)
    assert fresh(draft).revision == 0
    lock(True)
    with pytest.raises(MoveRefused, match="LEG/10 is locked already"):
        lock(True)
    assert fresh(draft).revision == 1


def test_a_locked_operation_can_neither_be_dropped_nor_pushed(draft):
    before = draw(draft, now=NOW)
    first, second = bar(before, "SO-1", "LEG"), bar(before, "SO-2", "LEG")
    commands.lock_operation(
        draft=fresh(draft), revision=0, operation=second, locked=True, by=system_actor(), now=NOW
    )

    with pytest.raises(MoveRefused, match="locked"):
        drop(draft, second, "SAW-1", 8 * HOUR)
    with pytest.raises(MoveRefused, match="would push LEG/10, which is locked"):
        drop(draft, first, "SAW-1", 1 * HOUR)

    assert fresh(draft).revision == 1


def test_who_may_only_look_may_not_drop(draft):
    visitor = Actor(account_id=system_actor().account_id, name="Guest")

    with pytest.raises(NotPermitted):
        commands.undo(draft=draft, revision=0, by=visitor, now=NOW)
