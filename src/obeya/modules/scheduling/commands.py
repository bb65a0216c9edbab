"""Commands on a draft: checked, answered with a verdict, kept so that they can be taken back.

A draft is nobody's promise yet, so a command is no event of the plant: others hear of it by a
live signal. Publishing the draft is the action.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction

from obeya.engines.scheduling import DropRefusal, Moved, Schedule, Verdict, move
from obeya.modules.scheduling import drafting
from obeya.modules.scheduling.drafting import Drawn, draw, replay_history
from obeya.modules.scheduling.locks import locked_operations
from obeya.modules.scheduling.models import Draft, PlanCommand
from obeya.modules.scheduling.refusals import DraftClosed, DraftMoved, MoveRefused, NothingToUndo
from obeya.modules.scheduling.words import refusal_sentence
from obeya.plant.log import signals
from obeya.plant.log.actor import Actor

EDIT = "scheduling.edit_draft"


@dataclass(frozen=True)
class Outcome:
    """The draft before and after a command, and what it did."""

    verdict: str  # accepted or repaired
    before: Drawn
    after: Drawn
    changed: Sequence[int]  # operations that lie elsewhere now


def move_operation(
    *,
    draft: Draft,
    revision: int,
    operation: int,
    row: str,
    start: int,
    by: Actor,
    now: datetime,
    basis: str = "",
) -> Outcome:
    """Drop an operation on a row of the board at a time; neighbours give way to the right.

    ``start`` is the wished begin of its run, in seconds from the board's origin; ``basis`` says
    what the board counted from, and is not checked where it is empty.
    """
    before = _seen(draft, revision, basis, by, now)
    plant = before.plant
    lanes = [m for m, machine in enumerate(plant.machines) if machine.code == row]
    if not lanes or not 0 <= operation < len(plant.problem):
        raise MoveRefused("This machine or operation is not on the plan. Load the board again.")
    locked = locked_operations(before)
    if operation in locked:
        raise MoveRefused(f"{plant.step(operation).label} is locked or has begun. Unlock it first.")
    machine, answer = _best_lane(before, operation, lanes, start)
    if isinstance(answer, DropRefusal):
        raise MoveRefused(refusal_sentence(plant, answer, operation, machine))
    changed = changed_operations(before.schedule, answer.schedule)
    if pushed := locked.intersection(changed):
        names = ", ".join(plant.step(i).label for i in sorted(pushed)[:3])
        raise MoveRefused(f"It would push {names}, which is locked. Unlock it or choose a gap.")
    order, number, split = plant.step(operation).key
    command = _give(
        before,
        PlanCommand(
            kind=PlanCommand.Kind.MOVE,
            supply_order=order,
            operation_number=number,
            split=split,
            equipment=plant.machines[machine].equipment,
            lane=plant.machines[machine].lane,
            start_at=plant.moment(start),
        ),
        by,
        now,
    )
    after = drafting.keep(before, command, answer.schedule)
    return Outcome(str(answer.verdict), before, after, changed)


def lock_operation(
    *,
    draft: Draft,
    revision: int,
    operation: int,
    locked: bool,
    by: Actor,
    now: datetime,
    basis: str = "",
) -> Outcome:
    """Hold an operation where it is, or let it go."""
    before = _seen(draft, revision, basis, by, now)
    if not 0 <= operation < len(before.plant.problem):
        raise MoveRefused("This operation is not on the plan. Load the board again.")
    label = before.plant.step(operation).label
    if before.plant.problem.fixed[operation]:
        raise MoveRefused(f"{label} has begun: it stays where it is, locked or not.")
    if locked == (operation in locked_operations(before)):
        state = "locked already" if locked else "not locked"
        raise MoveRefused(f"{label} is {state}. Nothing was changed.")
    order, number, split = before.plant.step(operation).key
    kind = PlanCommand.Kind.LOCK if locked else PlanCommand.Kind.UNLOCK
    command = PlanCommand(kind=kind, supply_order=order, operation_number=number, split=split)
    after = drafting.keep(before, _give(before, command, by, now), before.schedule)
    return Outcome("accepted", before, after, ())


def undo(*, draft: Draft, revision: int, by: Actor, now: datetime, basis: str = "") -> Outcome:
    """Take the last standing command back."""
    return _reverse(_seen(draft, revision, basis, by, now), PlanCommand.Kind.UNDO, by, now)


def redo(*, draft: Draft, revision: int, by: Actor, now: datetime, basis: str = "") -> Outcome:
    """Bring the command back that was taken back last."""
    return _reverse(_seen(draft, revision, basis, by, now), PlanCommand.Kind.REDO, by, now)


def changed_operations(before: Schedule, after: Schedule) -> list[int]:
    """Operations whose machine or times differ."""
    differs = (
        (before.machine != after.machine)
        | (before.setup_start != after.setup_start)
        | (before.start != after.start)
        | (before.end != after.end)
    )
    return np.flatnonzero(differs).tolist()


def _best_lane(
    before: Drawn, operation: int, lanes: Sequence[int], start: int
) -> tuple[int, Moved | DropRefusal]:
    """Of a machine that takes several jobs at once, the lane on which the fewest others move."""
    own = int(before.schedule.machine[operation])
    answers: list[tuple[int, Moved | DropRefusal]] = []
    for machine in sorted(lanes, key=lambda lane: lane != own):
        answer = move(
            before.plant.problem, before.schedule, operation, machine=machine, start=start
        )
        answers.append((machine, answer))
        if isinstance(answer, Moved) and answer.verdict is Verdict.ACCEPTED:
            break
    return min(answers, key=_cost)


def _cost(lane: tuple[int, Moved | DropRefusal]) -> tuple[bool, int, int]:
    """A refusal is worse than any move; then the earlier start, then the fewer others moved."""
    answer = lane[1]
    if isinstance(answer, DropRefusal):
        return True, 0, 0
    return False, answer.start, len(answer.moved)


def _reverse(before: Drawn, kind: str, by: Actor, now: datetime) -> Outcome:
    done, undone = replay_history(list(before.draft.commands.order_by("sequence")))
    target = done[-1:] if kind == PlanCommand.Kind.UNDO else undone[-1:]
    if not target:
        raise NothingToUndo(
            "There is nothing to take back." if kind == "undo" else "Nothing was taken back."
        )
    _give(before, PlanCommand(kind=kind, reverses=target[0]), by, now)
    standing = done[:-1] if kind == PlanCommand.Kind.UNDO else (*done, *target)
    after = drafting.follow(before, standing)
    return Outcome("accepted", before, after, changed_operations(before.schedule, after.schedule))


def _seen(draft: Draft, revision: int, basis: str, by: Actor, now: datetime) -> Drawn:
    """The draft as the person saw it, or a refusal if it is not so any more."""
    by.must(EDIT, site=draft.site)
    if draft.closed_at is not None:
        raise DraftClosed("This draft was published or replaced. Load the board again.")
    if draft.revision != revision:
        raise DraftMoved("Somebody changed the plan meanwhile. Look at it and try again.")
    drawn = draw(draft, now=now)
    if basis not in ("", drawn.plant.basis):
        raise DraftMoved("Work went on meanwhile. Look at the plan as it is now and try again.")
    return drawn


def _give(before: Drawn, command: PlanCommand, by: Actor, now: datetime) -> PlanCommand:
    """Write a command if the draft still is at the revision that it was judged on."""
    draft = before.draft
    with transaction.atomic():
        moved_on = Draft.objects.filter(
            pk=draft.pk, revision=draft.revision, closed_at=None
        ).update(revision=draft.revision + 1)
        if not moved_on:
            raise DraftMoved("Somebody changed the plan in this moment. Look at it and try again.")
        draft.revision += 1
        command.draft, command.sequence = draft, draft.revision
        command.by_id, command.at = by.account_id, now
        command.save(force_insert=True)
        signals.send(
            "plan",
            {
                "site": draft.site_id,
                "draft": draft.pk,
                "revision": draft.revision,
                "by": by.name,
                "kind": command.kind,
            },
        )
    return command
