"""The verbs of the plan: open a draft, publish it."""

from datetime import datetime

from obeya.engines.scheduling import Schedule
from obeya.modules.scheduling.board import figures
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.drafting import Drawn
from obeya.modules.scheduling.events import PlanDrafted, PlanPublished
from obeya.modules.scheduling.lateness import lateness_of
from obeya.modules.scheduling.locks import keep_locks, locked_operations
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.publishing import (
    has_moved_on,
    move_windows,
    release_proposals,
    windows_of,
)
from obeya.modules.scheduling.refusals import DraftClosed, DraftMoved, PlanOvertaken
from obeya.modules.scheduling.turns import take_turn
from obeya.modules.scheduling.verifying import verified
from obeya.modules.scheduling.versions import write_version
from obeya.plant.log import signals
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import publish
from obeya.plant.resources.models import Site


@action(permission="scheduling.plan")
def open_draft(
    *,
    site: Site,
    plant: PlantProblem,
    schedule: Schedule,
    in_force: PlanVersion | None,
    at: datetime,
    by: Actor,
    improves: Drawn | None = None,
) -> Draft:
    """Lay a computed schedule open as the site's draft; the one before is closed.

    ``in_force`` is the plan that was in force when the computing began: what was published since
    became orders that this schedule would make a second time. ``improves`` is the draft that the
    computing went on from: its locks stay, and what was done to it meanwhile must not be lost.
    """
    take_turn(site)
    if PlanVersion.objects.in_force(site) != in_force:
        raise PlanOvertaken("A plan was published while this one was computed. Plan again.")
    if improves is not None and not _is_as_seen(improves.draft):
        raise DraftMoved("Somebody changed the draft while a better one was sought. Improve again.")
    found = figures(plant, schedule, lateness_of(plant, schedule))
    base = write_version(site, plant, schedule, figures=found, at=at, by=by)
    Draft.objects.at(site).open().update(closed_at=at)
    draft = Draft.objects.create(site=site, base=base, opened_at=at)
    if improves is not None:
        keep_locks(improves.commands, draft, at=at, by=by)
    publish(
        PlanDrafted(draft.pk, base.number, len(schedule), found["late_orders"]), at=at, site=site
    )
    _tell(draft, "opened", by)
    return draft


@action(permission="scheduling.publish")
def publish_draft(*, site: Site, drawn: Drawn, at: datetime, by: Actor) -> Draft:
    """Make the draft the plan that people work by, and open the next draft on it.

    Proposals become released orders with jobs; jobs that were there get their new windows. What
    breaks a rule is not published; a door has asked that already, before the transaction.
    """
    seen = verified(drawn).draft
    take_turn(site)
    draft = Draft.objects.select_for_update().get(pk=seen.pk)
    if draft.closed_at is not None:
        raise DraftClosed("This draft was published or replaced. Load the board again.")
    if draft.revision != seen.revision:
        raise DraftMoved("Somebody changed the plan in this moment. Look at it and publish again.")
    if has_moved_on(drawn):
        raise DraftMoved(
            "Work began or ended in this moment, or its orders or data changed. Look at the plan"
            " and publish again."
        )
    windows = windows_of(drawn, locked_operations(drawn))
    moved = move_windows(drawn, windows)
    released = release_proposals(drawn, windows, at=at, by=by)
    found = figures(drawn.plant, drawn.schedule, lateness_of(drawn.plant, drawn.schedule))
    version = write_version(
        site, drawn.plant, drawn.schedule, figures=found, at=at, by=by, published_at=at
    )
    draft.closed_at = at
    draft.save(update_fields=["closed_at"])
    following = Draft.objects.create(site=site, base=version, opened_at=at)
    publish(
        PlanPublished(
            draft_id=draft.pk,
            version=version.number,
            operations=len(drawn.schedule),
            new_order_ids=[order.pk for order in released],
            moved_job_ids=[job.pk for job in moved],
        ),
        at=at,
        site=site,
    )
    _tell(following, "published", by)
    return following


def _is_as_seen(draft: Draft) -> bool:
    return Draft.objects.filter(pk=draft.pk, revision=draft.revision, closed_at=None).exists()


def _tell(draft: Draft, kind: str, by: Actor) -> None:
    """Open boards look at another draft now."""
    news = {"site": draft.site_id, "draft": draft.pk, "revision": 0, "by": by.name, "kind": kind}
    signals.send("plan", news)
