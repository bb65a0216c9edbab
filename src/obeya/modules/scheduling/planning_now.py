"""Plan and publish in this process: for the command line, the demo and tests."""

from datetime import datetime

from obeya.modules.scheduling.actions import publish_draft
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.goals import Wish
from obeya.modules.scheduling.kinds import KIND
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.refusals import NothingToPlan
from obeya.modules.scheduling.runner import plan_site
from obeya.modules.scheduling.verifying import verified
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Site


class UnknownSite(Refusal):
    """No such site, or which one is not said."""


def site_of(code: str | None) -> Site:
    """The named site, or the only one."""
    sites = list(Site.objects.filter(code=code) if code else Site.objects.all()[:2])
    if len(sites) != 1:
        known = ", ".join(Site.objects.values_list("code", flat=True)) or "none yet"
        raise UnknownSite(f"Name one site with --site. Known: {known}.")
    return sites[0]


def plan_now(site: Site, *, by: Actor, now: datetime, wish: Wish | None = None) -> Draft:
    """Plan a site without waiting for a worker; the run is kept like any other."""
    asked_at = clock.real_now()
    run = Run.objects.create(
        kind=KIND,
        site=site,
        actor_id=by.account_id,
        status=Run.Status.SUCCEEDED,
        asked_at=asked_at,
        started_at=asked_at,
        ended_at=asked_at,
    )
    return plan_site(site, run=run, by=by, now=now, wish=wish)


def publish_now(site: Site, *, by: Actor, now: datetime) -> PlanVersion:
    """Publish the open draft as it stands."""
    draft = Draft.objects.at(site).open().select_related("base", "site").first()
    if draft is None:
        raise NothingToPlan("There is no draft to publish. Plan first.")
    return publish_draft(site=site, drawn=verified(draw(draft, now=now)), at=now, by=by).base
