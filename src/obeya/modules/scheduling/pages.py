"""The board's doors: the page, its JSON, its commands, why, publish, plan again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from obeya.modules.scheduling import actions, board, commands, queries
from obeya.modules.scheduling.asking import ask_for_plan, stop_planning
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.forms import BadCommand, BoardCommand, Seen, step_key
from obeya.modules.scheduling.goals import EFFORTS, GOALS, SMALLEST_CHANGE, Wish
from obeya.modules.scheduling.lateness import lateness_of
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.refusals import DraftMoved, PlanIsSought
from obeya.modules.scheduling.verifying import verified
from obeya.plant.log import clock
from obeya.plant.log.refusal import Refusal, Stale
from obeya.plant.log.runs import OPEN
from obeya.plant.resources.at_site import at_site
from obeya.plant.resources.models import Site


@require_GET
@at_site
def plan(request: HttpRequest, site: Site) -> HttpResponse:
    """GET /s/KES/plan/: the board, or how to get one."""
    by = request.actor
    draft = queries.open_draft_of(site=site, by=by)
    run = queries.last_plan_run(site=site, by=by)
    urls = {
        name: reverse(f"scheduling:{target}", args=[site.code])
        for name, target in (
            ("json", "board"),
            ("commands", "commands"),
            ("why", "why"),
            ("publish", "publish"),
        )
    }
    context = {
        "site": site,
        "draft": draft,
        "run": run,
        "is_planning": run is not None and run.status in OPEN,
        "has_failed": run is not None and run.status == "failed" and _is_newer(run, draft),
        "may_plan": by.may("scheduling.plan", site=site),
        "board": urls | {"tools": _tools(request, site)},
        "topics": "plan,jobs,runs",
    }
    response = render(request, "scheduling/plan.html", context)
    if request.headers.get("HX-Request") and not context["is_planning"]:
        response["HX-Refresh"] = "true"  # the run that the page followed has ended
    return response


@require_POST
@at_site
def make(request: HttpRequest, site: Site) -> HttpResponse:
    """POST {goal, effort, from: anew or draft} to /s/KES/plan/make/ asks a worker for a plan."""
    request.actor.must("scheduling.plan", site=site)
    asked = {name: request.POST[name] for name in ("goal", "effort") if name in request.POST}
    improve = request.POST.get("from") == "draft"
    try:
        ask_for_plan(site=site, wish=Wish(**asked), improve=improve, by=request.actor)
    except PlanIsSought:
        pass  # the page shows how far it is
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("scheduling:plan", args=[site.code]))


@require_POST
@at_site
def stop(request: HttpRequest, site: Site) -> HttpResponse:
    """POST /s/KES/plan/stop/ ends the search; the best plan that it has found becomes the draft."""
    request.actor.must("scheduling.plan", site=site)
    try:
        stop_planning(site=site, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("scheduling:plan", args=[site.code]))


@require_GET
@at_site
def board_json(request: HttpRequest, site: Site) -> HttpResponse:
    """GET /s/KES/plan/board.json?draft=7&step=12.20.1: what the board draws, and begins at."""
    draft = _draft(request, site, request.GET.get("draft"))
    chosen = step_key(request.GET.get("step", ""))
    return JsonResponse(
        queries.board(site=site, draft=draft, now=clock.now(), by=request.actor, chosen=chosen)
    )


@require_POST
@at_site
def command(request: HttpRequest, site: Site) -> HttpResponse:
    """POST a command; 200 accepted or repaired, 409 stale, 422 refused."""
    try:
        wish = BoardCommand.read(request.body)
    except BadCommand as error:
        return JsonResponse({"verdict": "refused", "reason": str(error)}, status=400)
    draft = _draft(request, site, wish.draft)
    common = {
        "draft": draft,
        "revision": wish.revision,
        "basis": wish.basis,
        "by": request.actor,
        "now": clock.now(),
    }
    try:
        outcome = _give(wish, common)
    except Stale as refusal:
        return JsonResponse({"verdict": "stale", "reason": str(refusal)}, status=409)
    except Refusal as refusal:
        answer = {"verdict": "refused", "reason": str(refusal), "revision": draft.revision}
        return JsonResponse(answer, status=refusal.http_status)
    return JsonResponse(_answer(outcome))


@require_GET
@at_site
def why(request: HttpRequest, site: Site) -> HttpResponse:
    """GET /s/KES/plan/why/?draft=7&operation=12: why it lies there, and why it is late."""
    draft = _draft(request, site, request.GET.get("draft"))
    try:
        operation = int(request.GET.get("operation", ""))
    except ValueError as error:
        raise Http404("Expected operation to be a number.") from error
    found = queries.why(
        site=site, draft=draft, operation=operation, now=clock.now(), by=request.actor
    )
    if found is None:
        raise Http404("This operation is not on the plan.")
    return render(request, "scheduling/why.html", {"site": site, "why": found})


@require_http_methods(["GET", "POST"])
@at_site
def publish(request: HttpRequest, site: Site) -> HttpResponse:
    """GET what publishing would change, as a fragment; POST {draft, revision} does it."""
    if request.method == "GET":
        draft = _draft(request, site, request.GET.get("draft"))
        what = queries.publication(site=site, draft=draft, now=clock.now(), by=request.actor)
        return render(request, "scheduling/publish.html", {"site": site, "what": what})
    try:
        seen = Seen.read(request.body)
    except BadCommand as error:
        return JsonResponse({"verdict": "refused", "reason": str(error)}, status=400)
    draft = _draft(request, site, seen.draft)
    now = clock.now()
    try:
        request.actor.must("scheduling.publish", site=site)  # before anything is said about it
        if seen.revision != draft.revision:
            raise DraftMoved("Somebody changed the plan meanwhile. Look at it and publish again.")
        following = actions.publish_draft(
            site=site, drawn=verified(draw(draft, now=now)), at=now, by=request.actor
        )
    except Refusal as refusal:
        answer = {"verdict": "refused", "reason": str(refusal)}
        return JsonResponse(answer, status=refusal.http_status)
    reason = _("Plan %s is published.") % following.base.number
    return JsonResponse({"verdict": "published", "draft": following.pk, "reason": reason})


def _give(wish: BoardCommand, common: dict[str, Any]) -> commands.Outcome:
    if wish.kind == "undo":
        return commands.undo(**common)
    if wish.kind == "redo":
        return commands.redo(**common)
    if wish.kind == "move":
        return commands.move_operation(
            **common, operation=wish.operation, row=wish.row, start=wish.start
        )
    return commands.lock_operation(**common, operation=wish.operation, locked=wish.kind == "lock")


def _answer(outcome: commands.Outcome) -> dict[str, Any]:
    before, after = outcome.before, outcome.after
    plant = after.plant
    was = {row.demand.code: row.late_s for row in lateness_of(before.plant, before.schedule)}
    late = lateness_of(plant, after.schedule)
    locked = board.locked_operations(after)
    differs = locked.symmetric_difference(board.locked_operations(before))
    return {
        "verdict": outcome.verdict,
        "reason": "",
        "revision": after.draft.revision,
        "changed": board.placement_columns(plant, after.schedule, outcome.changed),
        "late": [
            {"code": row.demand.code, "cause": row.cause, "late_s": row.late_s}
            for row in late
            if row.late_s > 0 >= was.get(row.demand.code, 0)
        ],
        "no_longer_late": [
            row.demand.code for row in late if row.late_s <= 0 < was.get(row.demand.code, 0)
        ],
        "orders": {
            row.demand.code: row.late_s for row in late if row.late_s != was.get(row.demand.code)
        },
        "locked": [[i, int(i in locked)] for i in sorted(differs)],
        "figures": board.figures(plant, after.schedule, late),
    }


def _draft(request: HttpRequest, site: Site, wanted: Any) -> Draft:
    by = request.actor
    if wanted in (None, ""):
        draft = queries.open_draft_of(site=site, by=by)
        if draft is None:
            raise Http404("There is no plan yet. Plan the orders first.")
        return draft
    try:
        return queries.draft_of(site=site, draft_id=int(wanted), by=by)
    except (ValueError, Draft.DoesNotExist) as error:
        raise Http404("There is no such draft.") from error


def _tools(request: HttpRequest, site: Site) -> str:
    """What stands beside the board's own buttons."""
    if not request.actor.may("scheduling.plan", site=site):
        return ""
    in_force = queries.has_plan_in_force(site=site, by=request.actor)
    goals = [(k, word) for k, word in GOALS.items() if in_force or k != SMALLEST_CHANGE]
    context = {"site": site, "goals": goals, "efforts": EFFORTS.items()}
    return render_to_string("scheduling/make.html", context, request=request)


def _is_newer(run: Any, draft: Draft | None) -> bool:
    return draft is None or run.asked_at > draft.opened_at
