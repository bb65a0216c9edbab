"""A promise as people and other systems read it: date, chain of reasons, what would be sooner."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from obeya.engines.scheduling import Cause, Schedule
from obeya.modules.planning.public import Share
from obeya.modules.scheduling.promise_words import coming, source_of, told
from obeya.modules.scheduling.promising import Promised
from obeya.modules.scheduling.stretches import Stretch
from obeya.modules.scheduling.without import Reason, date_without, reason_of
from obeya.modules.scheduling.words import duration
from obeya.plant.resources.models import Material

MOST_WITHOUT = 3  # reasons that a promise is tried without: those that last longest


@dataclass(frozen=True)
class ReasonLine:
    """A stretch of the way from now to the date, and the date without what it stands for.

    ``step`` is the address of what the board can show: the operation in the way, else empty.
    """

    cause: str
    text: str
    began_at: datetime
    ended_at: datetime
    lasts: str
    sooner_at: datetime | None = None
    sooner: str = ""
    step: str = ""


@dataclass(frozen=True)
class StepLine:
    """One operation that would be made for it."""

    label: str
    material: str
    name: str
    machine: str
    start_at: datetime
    end_at: datetime


@dataclass(frozen=True)
class ShareLine:
    """One quantity of a material, where it comes from, and when."""

    material: str
    quantity: Decimal
    unit: str
    source: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What is promised, and why not earlier."""

    material: Material
    quantity: Decimal
    at: datetime
    due_at: datetime | None
    because: str
    reasons: tuple[ReasonLine, ...]
    steps: tuple[StepLine, ...]
    shares: tuple[ShareLine, ...]
    is_exact: bool  # no other way of making it was left untried

    @property
    def is_in_time(self) -> bool:
        return self.due_at is None or self.at <= self.due_at

    @property
    def tone(self) -> str:
        return "good" if self.is_in_time else "warning"

    @property
    def late(self) -> str:
        """By how much the wished date is missed."""
        if self.due_at is None or self.is_in_time:
            return ""
        return duration(int((self.at - self.due_at).total_seconds()))


def answer(promised: Promised, schedule: Schedule) -> Answer:
    """Put a promise into words; tries it again without each of its reasons."""
    reasons = tuple(_reasons(promised, schedule))
    fit = promised.fit
    return Answer(
        material=promised.wanted.material,
        quantity=promised.wanted.quantity,
        at=promised.plant.moment(promised.at),
        due_at=promised.wanted.due_at,
        because=_because(promised, reasons),
        reasons=reasons,
        steps=tuple(_steps(promised)),
        shares=tuple(_share(promised, s) for s in promised.cover.shares if s.lot is None),
        is_exact=fit is None or fit.is_exact,
    )


def _because(promised: Promised, reasons: tuple[ReasonLine, ...]) -> str:
    """The stretch that costs most; work itself only where there is nothing else."""
    if not reasons:
        return _("All of it lies in stock, and nobody else needs it.")
    waits = [line for line in reasons if line.cause != Cause.WORK] or list(reasons)
    return max(waits, key=lambda line: line.ended_at - line.began_at).text


def _reasons(promised: Promised, schedule: Schedule) -> list[ReasonLine]:
    if promised.last_direct is not None:
        return _of_a_share(promised, promised.last_direct)
    way = [(each, reason_of(promised, each)) for each in promised.chain()]
    lasts: dict[Reason, int] = defaultdict(int)
    for each, reason in way:
        if reason is not None:
            lasts[reason] += each.paused or each.seconds
    longest = sorted(lasts, key=lambda reason: -lasts[reason])[:MOST_WITHOUT]
    dates = {reason: date_without(promised, schedule, reason) for reason in longest}
    return [
        _line(promised, each, told(promised, each), dates.get(reason) if reason else None)
        for each, reason in way
    ]


def _of_a_share(promised: Promised, share: Share) -> list[ReasonLine]:
    """All is there, but for one quantity that comes as it is."""
    begin, end = promised.since, promised.arrival(share)
    if end <= begin:
        return []
    others = [promised.arrival(each) for each in promised.direct if each is not share]
    done = promised.fit.completion if promised.fit else begin
    way = Stretch(Cause.MATERIAL, begin, end, -1)
    text = coming(promised, share)
    return [_line(promised, way, text, max([begin, done, *others]))]


def _line(promised: Promised, stretch: Stretch, text: str, sooner: int | None) -> ReasonLine:
    plant = promised.plant
    gain = promised.at - sooner if sooner is not None else 0
    new = len(promised.addition.steps) if promised.addition else 0
    blocker = stretch.blocker if stretch.cause is Cause.MACHINE_QUEUE else -1
    if blocker >= len(plant.problem) - new:  # another operation of the same promise
        blocker = -1
    return ReasonLine(
        cause=stretch.cause.value,
        text=text,
        began_at=plant.moment(stretch.start),
        ended_at=plant.moment(stretch.end),
        lasts=duration(stretch.seconds),
        sooner_at=plant.moment(sooner) if sooner is not None and gain > 0 else None,
        sooner=duration(gain) if gain > 0 else "",
        step=plant.step(blocker).address if blocker >= 0 else "",
    )


def _steps(promised: Promised) -> list[StepLine]:
    fit, plant = promised.fit, promised.plant
    if fit is None:
        return []
    lines = []
    for row in fit.operations:
        step = plant.step(row)
        lines.append(
            StepLine(
                label=step.label,
                material=step.order.material.code,
                name=step.how.name,
                machine=plant.machines[int(fit.schedule.machine[row])].code,
                start_at=plant.moment(int(fit.schedule.setup_start[row])),
                end_at=plant.moment(int(fit.schedule.end[row])),
            )
        )
    return sorted(lines, key=lambda line: (line.start_at, line.end_at))


def _share(promised: Promised, share: Share) -> ShareLine:
    return ShareLine(
        material=share.material.code,
        quantity=share.quantity,
        unit=share.material.unit.name,
        source=source_of(share),
        at=promised.plant.moment(promised.arrival(share)),
    )


def as_json(answered: Answer, zone: ZoneInfo) -> dict[str, object]:
    """What the REST door answers; times at the plant, with their offset."""

    def at(moment: datetime | None) -> str | None:
        return None if moment is None else moment.astimezone(zone).isoformat()

    return {
        "material": answered.material.code,
        "quantity": str(answered.quantity),
        "at": at(answered.at),
        "due": at(answered.due_at),
        "is_in_time": answered.is_in_time,
        "because": answered.because,
        "reasons": [
            {
                "cause": line.cause,
                "text": line.text,
                "began_at": at(line.began_at),
                "ended_at": at(line.ended_at),
                "without_it_at": at(line.sooner_at),
            }
            for line in answered.reasons
        ],
        "operations": [
            {
                "operation": line.label,
                "machine": line.machine,
                "start_at": at(line.start_at),
                "end_at": at(line.end_at),
            }
            for line in answered.steps
        ],
        "material_from": [
            {
                "material": line.material,
                "quantity": str(line.quantity),
                "source": line.source,
                "at": at(line.at),
            }
            for line in answered.shares
        ],
        "is_exact": answered.is_exact,
    }
