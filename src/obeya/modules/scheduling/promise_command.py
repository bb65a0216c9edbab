"""A promise on the command line, as lines of text."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from obeya.modules.scheduling.asked_promise import PromiseRow
from obeya.modules.scheduling.promise_queries import promise
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.api.shapes import parse_rows
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Site


def lines(site: Site, material: str, quantity: str, due: str | None) -> Iterator[str]:
    """The date first, then the way to it.

    Raises
    ------
    Refusal
        As the query; RowsRefused where a word is no number, or no date.
    """
    said = {"material": material, "quantity": quantity} | ({"due": due} if due else {})
    rows, problems = parse_rows(PromiseRow, [said])
    if problems:
        raise RowsRefused(problems)
    told = promise(site=site, asked=rows[0], now=clock.now(), by=system_actor())
    zone = ZoneInfo(site.time_zone)

    def at(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    wish = f", {told.late} after the wish" if told.late else ""
    yield f"{told.quantity:f} {told.material.unit.name} {told.material.code}: {at(told.at)}{wish}."
    yield f"Because: {told.because}"
    for line in told.reasons:
        sooner = f" Without this: {at(line.sooner_at)}." if line.sooner_at else ""
        yield f"  {at(line.began_at)} to {at(line.ended_at)}: {line.text}{sooner}"
