"""The equipment tree of a site: who stands in what, and the path that says it in one column.

A path is the ids from the root to the row itself, "/3/17/", so it survives a change of code, and
"is under" is a prefix.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from obeya.plant.log.access.grants import renew_in_tree
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.log.saving import update_many
from obeya.plant.resources.models import Equipment, Site, WorkCalendar

Level = Equipment.Level
MAY_STAND_IN: Mapping[str, frozenset[str]] = {
    Level.AREA: frozenset({Level.AREA}),
    Level.WORK_CENTER: frozenset({Level.AREA, Level.WORK_CENTER}),
    Level.WORK_UNIT: frozenset({Level.AREA, Level.WORK_CENTER, Level.WORK_UNIT}),
    Level.STORAGE: frozenset({Level.AREA, Level.WORK_CENTER, Level.WORK_UNIT, Level.STORAGE}),
}


@transaction.atomic
def move_equipment(site: Site, parents: Mapping[Equipment, Equipment | None]) -> int:
    """Put each piece of equipment under its new parent (None: directly under the site).

    Everything below moves along. Returns how many paths changed. For actions that save equipment.
    """
    nodes = {
        node.pk: node for node in Equipment.objects.at(site).select_for_update().order_by("pk")
    }
    new_parents = {child.pk: parent.pk if parent else None for child, parent in parents.items()}
    problems = []
    for row, (child_id, parent_id) in enumerate(new_parents.items()):
        if strangers := [pk for pk in (child_id, parent_id) if pk and pk not in nodes]:
            problems.append(_not_here(site, row, strangers[0]))
        else:
            nodes[child_id].parent_id = parent_id
    problems = problems or _misplaced(nodes, list(new_parents))
    if problems:
        raise RowsRefused(problems)
    update_many([nodes[pk] for pk in new_parents], ["parent_id"])
    for child in parents:
        child.parent_id = new_parents[child.pk]
    changed = _repath(nodes)
    for child in parents:
        child.path = nodes[child.pk].path
    return changed


def repath(site: Site) -> int:
    """Write the paths of a site's equipment anew where they differ; returns how many did.

    For actions that insert equipment with its parents in bulk.
    """
    nodes = {node.pk: node for node in Equipment.objects.at(site).order_by("pk")}
    problems = _misplaced(nodes, list(nodes))
    if problems:
        raise RowsRefused(problems)
    return _repath(nodes)


def calendars_of(equipment: Iterable[Equipment]) -> dict[int, WorkCalendar | None]:
    """The calendar that each works by, by its id: its own, else that of the nearest above."""
    rows = list(equipment)
    above = {pk for row in rows for pk in downwards(row.path)}
    own = {
        node.pk: node.calendar
        for node in Equipment.objects.filter(pk__in=above).select_related("calendar__site")
        if node.calendar is not None
    }
    return {
        row.pk: next((own[pk] for pk in reversed(downwards(row.path)) if pk in own), None)
        for row in rows
    }


def downwards(path: str) -> list[int]:
    """The ids of a path, from the root to the row itself: what stands in something comes after it.

    To sort by, where the text would put id 10 before id 9, and each database in its own way.
    """
    return [int(pk) for pk in path.split("/") if pk]


def disagreements() -> list[str]:
    """Proof: every path is the path of the parent and the own id."""
    parents = dict(Equipment.objects.values_list("pk", "path"))
    return [
        f"{node.code} at {node.site.code}: the path is {node.path!r}, expected {expected!r}."
        for node in Equipment.objects.select_related("site").order_by("pk")
        if node.path
        != (expected := f"{parents[node.parent_id] if node.parent_id else '/'}{node.pk}/")
    ]


def _not_here(site: Site, row: int, pk: int) -> Problem:
    code = Equipment.objects.filter(pk=pk).values_list("code", flat=True).first()
    return Problem(
        f"{code} does not stand at {site}",
        "Equipment moves within its site only.",
        row=row,
        field="parent",
        value=str(code),
    )


def _misplaced(nodes: Mapping[int, Equipment], chosen: list[int]) -> list[Problem]:
    """What is wrong with where the chosen nodes stand: inside themselves, or on a wrong level."""
    problems = []
    for row, pk in enumerate(chosen):
        node = nodes[pk]
        parent = nodes.get(node.parent_id) if node.parent_id else None
        if parent is None:
            continue
        if _stands_in_itself(nodes, pk):
            rule = f"{node} cannot stand in {parent}, which stands in {node}"
            remedy = "Choose a parent that is not below it."
        elif parent.level not in MAY_STAND_IN[node.level]:
            rule = f"{node}: {Level(node.level).label} cannot stand in {Level(parent.level).label}"
            remedy = "It may stand in: " + ", ".join(
                str(level.label) for level in Level if level in MAY_STAND_IN[node.level]
            )
        else:
            continue
        problems.append(Problem(rule, remedy, row=row, field="parent", value=parent.code))
    return problems


def _stands_in_itself(nodes: Mapping[int, Equipment], pk: int) -> bool:
    seen = {pk}
    at = nodes[pk].parent_id
    while at is not None and at not in seen:
        seen.add(at)
        at = nodes[at].parent_id
    return at == pk


def _repath(nodes: Mapping[int, Equipment]) -> int:
    paths: dict[int, str] = {}

    def path(pk: int) -> str:
        if pk not in paths:
            above = nodes[pk].parent_id
            paths[pk] = f"{path(above) if above else '/'}{pk}/"
        return paths[pk]

    changed = [node for pk, node in nodes.items() if node.path != path(pk)]
    moved_at = {node.site_id for node in changed if node.path}
    for node in changed:
        node.path = paths[node.pk]
    update_many(changed, ["path"])
    for site_id in moved_at:
        renew_in_tree(site_id)
    return len(changed)
