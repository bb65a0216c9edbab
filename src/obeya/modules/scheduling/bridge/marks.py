"""What a problem was built from: another mark after work, orders or data of its site changed."""

from django.db.models import Count, Max, Q, QuerySet, Subquery

from obeya.modules.engineering import events as engineering
from obeya.modules.exchange import events as exchange
from obeya.modules.orders import events as orders
from obeya.modules.organisation import events as organisation
from obeya.modules.planning import events as planning
from obeya.modules.purchasing import events as purchasing
from obeya.plant.log.events import kind_of
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Site
from obeya.plant.work.models import JobTransition

CHANGES = (  # what a problem is read from; reported quantities wait for the next quarter of an hour
    organisation.CalendarsSaved,
    organisation.EquipmentSaved,
    organisation.EquipmentArchived,
    organisation.EquipmentUnarchived,
    organisation.PeopleSaved,
    engineering.OperationsSaved,
    engineering.AlternatesSaved,
    engineering.SetupTimesSaved,
    engineering.ToolsSaved,
    orders.DemandsSaved,
    orders.DemandsShipped,
    purchasing.PurchaseOrdersSaved,
    purchasing.PurchasesReceived,
    planning.ProductionOrdersSaved,
    exchange.ImportUndone,  # it puts rows back without the verbs of their rooms
    exchange.PartUndone,
)
LOOK_BACK = 10_000  # ids below the newest change that may still be committed, as the tailer says


def work_mark(site: Site, run_id: int | None) -> str:
    """Three short questions; every process gives the same answer."""
    return f"{run_id or 0}.{_jobs_mark(site)}.{_data_mark(site)}"


def _jobs_mark(site: Site) -> str:
    """The newest transition, and how many there are just before it, in one question."""
    moved = JobTransition.objects.filter(job__site=site)
    newest = Subquery(moved.order_by("-pk").values("pk")[:1])
    just_before = moved.filter(pk__gt=newest - LOOK_BACK)
    told = just_before.aggregate(last=Max("pk"), count=Count("pk"))
    return f"{told['last'] or 0}.{told['count']}"


def _data_mark(site: Site) -> str:
    """The newest change, and how many there are just before it: of two transactions the one with
    the smaller number may end later.
    """
    newest = newest_change(site) or 0
    kinds = [kind_of(each).kind for each in CHANGES]
    just_before = OperationsEvent.objects.filter(
        Q(site=site) | Q(site=None), kind__in=kinds, pk__gt=newest - LOOK_BACK, pk__lte=newest
    )
    return f"{newest}.{just_before.count()}"


def newest_change(site: Site) -> int | None:
    """Its event, here or everywhere."""
    told = newest_of_each_kind(site).get()
    return max((each for each in told if each is not None), default=None)


def newest_of_each_kind(site: Site) -> "QuerySet[Site, tuple[int | None, ...]]":
    """One step into an index of kinds for each of them, here and everywhere; however long the log
    is, nothing is read but changes.

    In the order of that index, with a kind as a range: an equal kind in the order of ids would
    PostgreSQL rather look for from the end of the log, and take luck for granted. Where it takes
    the index without sites, it passes over what other sites have changed of the kind since.
    """
    newest_first = OperationsEvent.objects.order_by("-site_id", "-kind", "-pk").values("pk")
    newest = [
        Subquery(newest_first.filter(site=place, kind__range=(kind, kind))[:1])
        for place in (site, None)
        for kind in (kind_of(each).kind for each in CHANGES)
    ]
    return Site.objects.filter(pk=site.pk).order_by().values_list(*newest)
