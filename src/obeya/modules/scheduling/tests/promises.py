"""How to ask when it could be there, and to read the answer."""

from datetime import timedelta
from decimal import Decimal

from obeya.modules.scheduling.asked_promise import PromiseRow
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.promise_queries import promise
from obeya.modules.scheduling.tests.conftest import NOW
from obeya.plant.log.actor import system_actor


def seconds(n):
    return timedelta(seconds=n)


def ask(joinery, quantity, *, material="CHAIR", due=None, now=NOW):
    asked = PromiseRow(material, Decimal(quantity), due)
    return promise(site=joinery.site, asked=asked, now=now, by=system_actor())


def way(answer):
    """(cause, seconds since now that it ends, date without it in seconds since now)."""

    def after(moment):
        return None if moment is None else int((moment - NOW).total_seconds())

    return [(line.cause, after(line.ended_at), after(line.sooner_at)) for line in answer.reasons]


def drawn(now=NOW):
    return draw(Draft.objects.select_related("base", "site").get(closed_at=None), now=now)
