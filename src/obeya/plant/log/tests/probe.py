"""A small room of the tests' own."""

from dataclasses import dataclass

from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.events import event
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site


@event("probe.sites_named", view="probe.view")
@dataclass(frozen=True)
class SitesNamed:
    """Sites got their names."""

    sites: list[int]


class NameTaken(Refusal):
    """A site has this name."""


@action(permission="probe.name")
def name_sites(*, names: list[str], by: Actor) -> list[Site]:
    """Make a site of each name."""
    if "refused" in names:
        Site.objects.create(code="half", name="half done")
        raise NameTaken("The name refused is taken; choose another one.")
    sites = [Site.objects.create(code=name, name=name) for name in names]
    publish(
        SitesNamed([site.pk for site in sites]),
        changes=[Change("resources.Site", s.pk, {"name": [None, s.name]}) for s in sites],
    )
    return sites


@action(permission="probe.name")
def do_nothing(*, by: Actor) -> None:
    """Break the rule that every verb tells."""
    return


@action(permission="probe.name")
def name_twice(*, site: Site, names: list[str], by: Actor) -> None:
    """Call another action inside."""
    name_sites(names=names, by=by)
    publish(SitesNamed([site.pk]), site=site)


@action(permission="probe.name")
def answer_sites(*, site_id: int, by: Actor) -> str:
    """What the probe's reactions do: mark the site, one more stroke each time."""
    row = Site.objects.get(pk=site_id)
    row.name += "|"
    row.save(update_fields=["name"])
    publish(SitesAnswered(site_id))
    return row.name


@event("probe.sites_answered", view="probe.view")
@dataclass(frozen=True)
class SitesAnswered:
    """A reaction marked a site."""

    site: int
