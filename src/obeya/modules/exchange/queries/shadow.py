"""What the pages of the shadow show."""

from django.db.models import Max, QuerySet

from obeya.modules.exchange.models import ShadowDifference, ShadowNight, ShadowSource
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site


@query(permission="exchange.import_plant")
def shadow_sources(*, site: Site, by: Actor) -> QuerySet[ShadowSource]:
    """The lists of the site, by name."""
    return ShadowSource.objects.at(site).select_related("site").order_by("name")


@query(permission="exchange.import_plant")
def last_nights(*, site: Site, by: Actor) -> dict[int, ShadowNight]:
    """What became of each list the last time; by the list's id."""
    nights = ShadowNight.objects.filter(source__site=site)
    newest = nights.order_by().values("source").annotate(last=Max("pk")).values_list("last")
    found = nights.filter(pk__in=newest).select_related("source", "file_import__run").defer("keys")
    return {each.source_id: each for each in found}


@query(permission="exchange.import_plant")
def shadow_nights(*, source: ShadowSource, by: Actor) -> QuerySet[ShadowNight]:
    """All nights of a list."""
    nights = ShadowNight.objects.filter(source=source).defer("keys")
    return nights.select_related("source__site").prefetch_related("file_import__run")


@query(permission="exchange.import_plant")
def shadow_differences(
    *, source: ShadowSource, by: Actor, state: str = "open"
) -> QuerySet[ShadowDifference]:
    """Where the ERP and we differ, or where somebody keeps ours."""
    found = ShadowDifference.objects.filter(source=source, state=state)
    return found.select_related("source__site", "changed_by")


@query(permission="exchange.import_plant")
def open_differences(*, site: Site, by: Actor) -> QuerySet[ShadowDifference]:
    """Of all lists of the site."""
    found = ShadowDifference.objects.filter(source__site=site, state="open")
    return found.select_related("source", "changed_by")
