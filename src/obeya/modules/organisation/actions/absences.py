"""People who were not there: spans of theirs in the time ledger."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from obeya.modules.organisation.events import AbsencesRecorded
from obeya.modules.organisation.rows import AbsenceRow
from obeya.plant.ledgers import time
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.resources.models import Person, Reason, Site
from obeya.plant.resources.wall_clock import instant

Window = tuple[datetime, datetime]


@action(permission="organisation.edit_people")
def record_absences(*, site: Site, rows: Sequence[AbsenceRow], by: Actor) -> list[TimeLog]:
    """Write down who missed which hours, and why; nobody is absent twice at the same time."""
    if not rows:
        raise RowsRefused([Problem("no rows", "Name at least one absence.", field="rows")])
    check = RowCheck(rows)
    check.filled("person")
    mine = Person.objects.filter(Q(home_site=site) | Q(home_site=None))
    people = check.known("person", mine, what="person")
    reasons = check.known("reason", Reason.objects.filter(kind="absence"), what="reason of absence")
    check.refuse()
    _lock(people)
    windows = [(_moment(site, row.began_at), _moment(site, row.ended_at)) for row in rows]
    _check_hours(check, windows, people)
    check.refuse()

    spans = [
        time.Span(
            kind=TimeLog.Kind.IDLE,
            began_at=began,
            ended_at=ended,
            person=people[row.person],
            reason=reasons.get(row.reason),
        )
        for row, (began, ended) in zip(rows, windows, strict=True)
    ]
    posted = time.post(site=site, spans=spans, by=by)
    publish(
        AbsencesRecorded(
            people=sorted({person.pk for person in people.values()}),
            spans=[each.pk for each in posted],
        ),
        at=max(ended for _, ended in windows),
        site=site,
    )
    return posted


def _lock(people: Mapping[str, Person]) -> None:
    """Two lists that name the same person: the second one sees what the first has written."""
    ids = [person.pk for person in people.values()]
    list(Person.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk"))


def _moment(site: Site, at: datetime) -> datetime:
    """A time without a zone is the site's."""
    return at if at.tzinfo else instant(site.zone, at)


def _check_hours(
    check: RowCheck[AbsenceRow], windows: Sequence[Window], people: Mapping[str, Person]
) -> None:
    now = clock.now()
    taken = _absences_of(people, windows)
    for index, (row, (began, ended)) in enumerate(zip(check.rows, windows, strict=True)):
        if ended <= began:
            check.add(index, "ended_at", "not after its beginning", "Put the later one last.")
        elif ended > now:
            check.add(index, "ended_at", "lies in the future", "Write it down when it is over.")
        elif any(since < ended and began < until for since, until in taken[row.person]):
            rule = f"{row.person} is absent in these hours already"
            check.add(index, "began_at", rule, "Keep one of the two absences.")
        taken[row.person].append((began, ended))


def _absences_of(
    people: Mapping[str, Person], windows: Sequence[Window]
) -> dict[str, list[Window]]:
    """What the ledger holds of these people around these hours; one query."""
    found: dict[str, list[Window]] = defaultdict(list)
    if not windows:
        return found
    spans = TimeLog.objects.standing().filter(
        kind=TimeLog.Kind.IDLE,
        reason__kind="absence",
        began_at__lt=max(ended for _, ended in windows),
        ended_at__gt=min(began for began, _ in windows),
    )
    codes = {person.pk: code for code, person in people.items()}
    for span in rows_of(spans, "person_id", codes):
        if span.person_id is not None and span.ended_at is not None:
            found[codes[span.person_id]].append((span.began_at, span.ended_at))
    return found
