"""The REST door of the plan: ask for one, stop the search, publish it, ask for dates; the lists."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from obeya.modules.scheduling import actions, asking, promise_queries, queries
from obeya.modules.scheduling.asked_promise import PromiseRow
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.goals import Wish
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.promise_answer import as_json
from obeya.modules.scheduling.refusals import DraftClosed, DraftMoved
from obeya.modules.scheduling.rows import PlanRequestRow, PlanStopRow, PublicationRow
from obeya.modules.scheduling.verifying import verified
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.api import ListEndpoint, QuestionEndpoint, RowsEndpoint
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.resources.models import Site

Row = TypeVar("Row")


def _request(rows: Sequence[PlanRequestRow], *, site: Site) -> Mapping[str, Any]:
    row = _only(rows)
    return {"wish": Wish(row.goal, row.effort), "improve": row.improve}


def _stop(rows: Sequence[PlanStopRow], *, site: Site) -> Mapping[str, Any]:
    return {"run_id": _only(rows).run}


def _publication(rows: Sequence[PublicationRow], *, site: Site) -> Mapping[str, Any]:
    row = _only(rows)
    draft = Draft.objects.at(site).open().select_related("base", "site").first()
    if draft is None or draft.pk != row.draft:
        raise DraftClosed(f"Draft {row.draft} was published or replaced. See plan-drafts.")
    if draft.revision != row.revision:
        raise DraftMoved(
            f"Draft {row.draft} is at revision {draft.revision} and not at {row.revision}."
            " Look at it and publish again."
        )
    now = clock.now()
    return {"drawn": verified(draw(draft, now=now)), "at": now}


def _only(rows: Sequence[Row]) -> Row:
    if len(rows) != 1:
        remedy = "Send one row: a site has one plan at a time."
        raise RowsRefused([Problem("expected exactly one row", remedy, field="rows")])
    return rows[0]


def _promise(row: PromiseRow, *, site: Site, by: Actor) -> Any:
    told = promise_queries.promise(site=site, asked=row, now=clock.now(), by=by)
    return as_json(told, ZoneInfo(site.time_zone))


endpoints = [
    QuestionEndpoint("promises", promise_queries.promise, PromiseRow, answer=_promise),
    RowsEndpoint("plan-requests", asking.ask_for_plan, PlanRequestRow, prepare=_request),
    RowsEndpoint("plan-stops", asking.stop_planning, PlanStopRow, prepare=_stop),
    RowsEndpoint("plan-publications", actions.publish_draft, PublicationRow, prepare=_publication),
    ListEndpoint(
        "plan-runs",
        queries.plan_runs,
        {
            "run": "pk",
            "kind": "kind",
            "status": "status",
            "step": "step",
            "done": "done_units",
            "total": "total_units",
            "error": "error",
            "asked": "asked_at",
            "ended": "ended_at",
        },
        key="pk",
    ),
    ListEndpoint(
        "plan-drafts",
        queries.open_drafts,
        {
            "draft": "pk",
            "revision": "revision",
            "plan": "base__number",
            "operations": "base__operations",
            "opened": "opened_at",
        },
        key="pk",
    ),
    ListEndpoint(
        "plans",
        queries.published_plans,
        {"plan": "number", "operations": "operations", "published": "published_at"},
        key="number",
    ),
]
