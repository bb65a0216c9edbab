from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.organisation.events import ReasonsSaved
from obeya.modules.organisation.rows import ReasonRow
from obeya.modules.organisation.tree import loops
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Reason, Site


@action(permission="organisation.edit_reasons")
def save_reasons(*, site: Site, rows: Sequence[ReasonRow], by: Actor) -> Saved:
    """Reasons of the enterprise, a tree for each kind, by kind and code."""
    check = RowCheck(rows)
    check.filled("code")
    parents = {(each.kind, each.code): each for each in Reason.objects.select_related("parent")}
    above = {key: (each.kind, each.parent.code) for key, each in parents.items() if each.parent} | {
        (row.kind, row.code): (row.kind, row.parent) for row in rows if row.parent
    }
    known = {*parents, *((row.kind, row.code) for row in rows)}
    looped = loops(above)
    for index, row in enumerate(rows):
        if row.parent and (row.kind, row.parent) not in known:
            check.add(index, "parent", f"unknown {row.kind} reason {row.parent}", "Enter it first.")
        if loop := looped.get((row.kind, row.code)):
            chain = " → ".join(code for _, code in loop)
            check.add(index, "parent", f"stands above itself: {chain}", "Give it another parent.")
    check.refuse()

    def link(reasons: dict[Any, Reason]) -> Mapping[Any, Mapping[str, Any]]:
        ids = {key: each.pk for key, each in parents.items()}
        ids |= {key: each.pk for key, each in reasons.items()}
        return {
            (row.kind, row.code): {"parent_id": ids[row.kind, row.parent] if row.parent else None}
            for row in rows
        }

    wanted = [{"kind": r.kind, "code": r.code, "name": r.name or r.code} for r in rows]
    reasons = upsert(Reason.objects.all(), wanted, key=("kind", "code"), link=link)
    publish(
        ReasonsSaved(reasons.ids("new"), reasons.ids("changed")),
        site=site,
        changes=reasons.changes,
    )
    return reasons.saved()
