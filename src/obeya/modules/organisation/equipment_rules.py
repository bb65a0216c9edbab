"""What the equipment tree must obey."""

from collections.abc import Mapping, Sequence

from obeya.modules.organisation.rows import EquipmentRow
from obeya.modules.organisation.tree import loops
from obeya.plant.log.checking import RowCheck
from obeya.plant.resources.models import Equipment, Site
from obeya.plant.resources.tree import MAY_STAND_IN


def check_equipment(
    site: Site, rows: Sequence[EquipmentRow], tree: Mapping[str, Equipment]
) -> RowCheck[EquipmentRow]:
    """``tree`` is all equipment of the site by code."""
    check = RowCheck(rows)
    check.filled("code")
    check.at_least(1, "capacity", "batch_places")
    given = {row.code: row for row in rows}
    levels = {code: each.level for code, each in tree.items()}
    levels |= {code: row.level for code, row in given.items()}
    children: dict[str, list[str]] = {}
    for code, parent in parents(rows, tree).items():
        children.setdefault(parent, []).append(code)
    looped = loops(parents(rows, tree))
    check.refuse()
    for index, row in enumerate(rows):
        _check_own(check, index, row, tree.get(row.code))
        if row.parent and row.parent not in levels:
            check.add(
                index, "parent", f"unknown equipment {row.parent}", "Enter it, or correct it."
            )
        elif row.parent and tree.get(row.parent) and tree[row.parent].archived_at:
            check.add(index, "parent", f"{row.parent} is archived", "Take it back first.")
        elif row.parent and levels[row.parent] not in MAY_STAND_IN[row.level]:
            check.add(index, "parent", *_misplaced(row.level, row.parent, levels[row.parent]))
        if loop := looped.get(row.code):
            remedy = "Give one of them another parent."
            check.add(index, "parent", f"stands above itself: {' → '.join(loop)}", remedy)
        for child in children.get(row.code, ()):
            if child not in given and row.level not in MAY_STAND_IN[levels[child]]:
                check.add(index, "level", *_misplaced(levels[child], row.code, row.level))
    return check


def parents(rows: Sequence[EquipmentRow], tree: Mapping[str, Equipment]) -> dict[str, str]:
    """Code → code of its parent, as it will be: what the rows say goes before what stands."""
    codes = {each.pk: code for code, each in tree.items()}
    stand = {code: codes[each.parent_id] for code, each in tree.items() if each.parent_id}
    for row in rows:
        stand.pop(row.code, None)
    return stand | {row.code: row.parent for row in rows if row.parent}


def _check_own(
    check: RowCheck[EquipmentRow], index: int, row: EquipmentRow, there: Equipment | None
) -> None:
    if row.is_virtual and row.level != "storage":
        check.add(index, "is_virtual", "only a storage can be virtual", "Make it a storage.")
    if there is None:
        return
    if there.archived_at:
        remedy = "Take it back from the archive first, or choose another code."
        check.add(index, "code", "in the archive", remedy)
    if there.is_virtual and not row.is_virtual:
        check.add(index, "code", "a place of the books", "Choose another code.")
    if (there.level == "storage") != (row.level == "storage"):
        remedy = "Archive it and enter the other under a new code."
        check.add(index, "level", "a storage stays a storage, for its stock's sake", remedy)


def _misplaced(level: str, parent: str, parent_level: str) -> tuple[str, str]:
    words = {each: str(each.label) for each in Equipment.Level}
    allowed = " or ".join(word for each, word in words.items() if each in MAY_STAND_IN[level])
    return (
        f"a {words[level]} cannot stand in {parent}, a {words[parent_level]}",
        f"Choose a parent that is a {allowed}, or leave it empty.",
    )
