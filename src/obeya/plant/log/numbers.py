"""Numbers of documents: per site and kind of document, in blocks, never the same one twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.events import event
from obeya.plant.log.models import NumberSeries
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.log.saving import Saved, upsert


@dataclass(frozen=True)
class SeriesRow:
    """How the numbers of a document look, and where they go on."""

    document: str
    prefix: str = ""
    digits: int = 5
    next_number: int = 1


@event("log.number_series_saved", view="access.view")
@dataclass(frozen=True)
class NumberSeriesSaved:
    """The numbers of documents look different, or go on elsewhere."""

    documents: list[str]


def next_numbers(*, site: Any, document: str, count: int = 1, prefix: str = "") -> list[str]:
    """Take the next numbers, inside the action that uses them: ["MO-00041", "MO-00042"].

    The series is locked until that action ends, so two never get the same; a refused action gives
    its numbers back. ``prefix`` is for the first use of a series; later the plant's own rules.
    """
    if count < 1:
        return []
    mine = NumberSeries.objects.filter(site=site, document=document)
    if not mine.update(next_number=F("next_number") + count):
        new = NumberSeries(site=site, document=document, prefix=prefix)
        NumberSeries.objects.bulk_create([new], ignore_conflicts=True)
        mine.update(next_number=F("next_number") + count)
    series = mine.get()
    first = series.next_number - count
    return [f"{series.prefix}{n:0{series.digits}d}" for n in range(first, first + count)]


def pass_over(*, site: Any, document: str, numbers: Iterable[str], prefix: str = "") -> None:
    """Numbers that came from elsewhere: the series goes on behind those that look like its own.

    Inside the action that writes them; ``prefix`` is for the first use of a series.
    """
    mine = NumberSeries.objects.filter(site=site, document=document)
    series = mine.select_for_update().first() or NumberSeries(
        site=site, document=document, prefix=prefix
    )
    tails = (n.removeprefix(series.prefix) for n in numbers if n.startswith(series.prefix))
    taken = [int(tail) for tail in tails if tail.isascii() and tail.isdigit() and len(tail) <= 12]
    if taken and max(taken) >= series.next_number:
        series.next_number = max(taken) + 1
        series.save()


@action(permission="access.edit_number_series")
def save_number_series(*, site: Any, rows: Sequence[SeriesRow], by: Actor) -> Saved:
    """Set prefix, digits and where numbering goes on; it never goes back, for no number twice."""
    check = RowCheck(rows)
    check.filled("document")
    check.once(("document",))
    check.each("document", lambda text: len(text) <= 40, "longer than 40 characters", "Shorten it.")
    check.each("prefix", lambda text: len(text) <= 20, "longer than 20 characters", "Shorten it.")
    check.each("digits", lambda n: 1 <= n <= 12, "not between 1 and 12", "Write 1 to 12.")
    check.at_least(1, "next_number")
    check.refuse()
    used = dict(
        NumberSeries.objects.filter(site=site)
        .select_for_update()
        .values_list("document", "next_number")
    )
    problems = [
        Problem(
            _("the series is past that number"),
            _("Go on from %(number)s or later.") % {"number": used[each.document]},
            row,
            "next_number",
            str(each.next_number),
        )
        for row, each in enumerate(rows)
        if each.next_number < used.get(each.document, 1)
    ]
    if problems:
        raise RowsRefused(problems)
    upserted = upsert(
        NumberSeries.objects.filter(site=site),
        [{"site_id": site.pk, **vars(each)} for each in rows],
        key=["document"],
    )
    publish(
        NumberSeriesSaved([each.document for each in rows]), site=site, changes=upserted.changes
    )
    return upserted.saved()
