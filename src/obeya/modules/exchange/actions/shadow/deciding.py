"""Whose value counts where the ERP and we differ."""

import json
from collections.abc import Sequence
from typing import Any

from obeya.modules.exchange.actions.plant import import_plant
from obeya.modules.exchange.events import DifferencesDecided
from obeya.modules.exchange.models import FieldOwner, ShadowDifference, ShadowSource
from obeya.modules.exchange.plant_file import PlantFile, sheet_of
from obeya.modules.exchange.reading.columns import Column, columns_of
from obeya.modules.exchange.shadow.rows import DecisionRow
from obeya.modules.exchange.sheets import BY_NAME, SHEETS
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, in_one_query
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.saving import delete_many, update_many
from obeya.plant.resources.models import Site

FIELD = ShadowDifference.Kind.FIELD


class NotDecidable(Refusal):
    """Nothing was chosen."""


@action(permission="exchange.import_plant")
def decide_differences(*, site: Site, rows: Sequence[DecisionRow], by: Actor) -> int:
    """Take the ERP's value over, keep ours, or give the field to the ERP for all nights.

    Rows that only one side has are kept or left: nothing is deleted here.
    """
    if not rows:
        raise NotDecidable("No difference was chosen. Tick at least one.")
    check = RowCheck(rows)
    mine = ShadowDifference.objects.filter(source__in=ShadowSource.objects.at(site))
    there = in_one_query(mine.select_for_update(), "pk", [row.difference for row in rows])
    for index, row in enumerate(rows):
        found = there.get(row.difference)
        if found is None:
            rule = "there is no such difference any more"
            check.add(index, "difference", rule, "Look at the list of tonight.")
        elif row.decision != "ours" and found.kind != FIELD:
            rule = f"{found.named} is a whole row, of which no value can be taken"
            remedy = "Keep it, or cancel or archive it on its own page."
            check.add(index, "decision", rule, remedy)
    check.refuse()
    chosen = [(there[row.difference], row.decision) for row in rows]
    taken = [each for each, decision in chosen if decision == "theirs"]
    _take(site, taken, by)
    delete_many(taken)
    given = [each for each, decision in chosen if decision == "give"]
    _give(given)
    closed = [each for each, decision in chosen if decision != "theirs"]
    for each in closed:
        each.state = ShadowDifference.State.KEPT
    update_many(closed, ["state"])
    for decision in sorted({row.decision for row in rows}):
        ids = sorted(row.difference for row in rows if row.decision == decision)
        publish(DifferencesDecided(decision, ids), site=site)
    return len(rows)


def _take(site: Site, taken: Sequence[ShadowDifference], by: Actor) -> None:
    """Save the ERP's values through the rooms' verbs, all or none."""
    given: dict[str, dict[str, dict[str, Any]]] = {}
    for each in taken:
        columns = columns_of(BY_NAME[each.sheet].row_class)
        row = given.setdefault(each.sheet, {}).setdefault(each.key, {})
        keys = zip(BY_NAME[each.sheet].row_class.KEY, json.loads(each.key), strict=True)
        row |= {name: _value(columns[name], text) for name, text in keys}
        row[each.field] = _value(columns[each.field], each.theirs)
    file = PlantFile(
        [
            sheet_of(kind.row_class, list(enumerate(given[kind.name].values(), start=1)))
            for kind in SHEETS
            if kind.name in given
        ]
    )
    if taken:
        import_plant(file=file, site_code=site.code, by=by)


def _value(column: Column, text: str) -> Any:
    """As it was told; a text is no cell any more that a spreadsheet could run."""
    if not text:
        return column.default
    if column.kind == "text":
        return text
    return tuple(text.split(", ")) if column.kind == "codes" else column.read(text, ".")


def _give(given: Sequence[ShadowDifference]) -> None:
    wanted = {(each.source_id, each.sheet, each.field) for each in given}
    sources = {source for source, _, _ in wanted}
    owners = FieldOwner.objects.filter(source__in=sources)
    delete_many([o for o in owners if (o.source_id, o.sheet, o.field) in wanted])
