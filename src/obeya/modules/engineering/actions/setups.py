from collections.abc import Mapping, Sequence

from obeya.modules.engineering.actions.operations import seconds
from obeya.modules.engineering.eligibility import machines_of
from obeya.modules.engineering.events import SetupTimesSaved
from obeya.modules.engineering.rows import SetupTimeRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.saving import Saved, delete_many, upsert
from obeya.plant.resources.models import Equipment, Site
from obeya.plant.work.models import SetupMatrix, SetupMatrixUse, SetupTime


@action(permission="engineering.edit")
def save_setup_times(*, site: Site, rows: Sequence[SetupTimeRow], by: Actor) -> Saved:
    """Change-overs by matrix and pair of families; a matrix that is new is made.

    Both families empty: the matrix's time for pairs that are not listed. A row names the
    machines (or work centers) under the matrix; where any row does, they are all of them.
    """
    check = RowCheck(rows)
    check.filled("matrix")
    check.at_least(0, "setup_min")
    equipment = check.known("equipment", Equipment.objects.at(site), what="equipment")
    machines = _machines(check, site, equipment)
    check.refuse()

    matrices = upsert(SetupMatrix.objects.at(site), _heads(site, rows), key=("code",))
    ids = {each.code: each.pk for each in matrices.objects}
    pairs = [row for row in rows if row.from_family or row.to_family]
    wanted = [
        {
            "matrix_id": ids[row.matrix],
            "from_family": row.from_family,
            "to_family": row.to_family,
            "seconds": seconds(row.setup_min),
        }
        for row in pairs
    ]
    times = upsert(SetupTime.objects.all(), wanted, key=("matrix_id", "from_family", "to_family"))
    changes, used = _save_uses({ids[code]: found for code, found in machines.items()})
    touched = times.touched("matrix_id") | used | {*matrices.ids("new"), *matrices.ids("changed")}
    publish(
        SetupTimesSaved(*times.told(), matrices=sorted(touched)),
        site=site,
        changes=[*matrices.changes, *times.changes, *changes],
    )
    return times.saved()


def _machines(
    check: RowCheck[SetupTimeRow], site: Site, equipment: Mapping[str, Equipment]
) -> dict[str, set[int]]:
    """By matrix code, the ids of the machines under it. One machine, one matrix."""
    inside = machines_of(site).inside
    found: dict[str, set[int]] = {}
    taken: dict[int, str] = {}
    for index, row in enumerate(check.rows):
        for code in row.equipment:
            named = equipment.get(code)
            if named is None:
                continue
            if named.pk not in inside:
                remedy = "Name a machine, or a work center with machines in it."
                check.add(index, "equipment", f"no machine stands in {code}", remedy)
            for machine in inside.get(named.pk, ()):
                if taken.setdefault(machine, row.matrix) != row.matrix:
                    rule = f"{code} is under matrix {taken[machine]} already"
                    check.add(index, "equipment", rule, "Put each machine under one matrix.")
                found.setdefault(row.matrix, set()).add(machine)
    return found


def _heads(site: Site, rows: Sequence[SetupTimeRow]) -> list[dict[str, object]]:
    heads: dict[str, dict[str, object]] = {}
    for row in rows:
        head = heads.setdefault(row.matrix, {"site_id": site.pk, "code": row.matrix})
        if not row.from_family and not row.to_family:
            head["default_s"] = seconds(row.setup_min)
    return list(heads.values())


def _save_uses(machines: Mapping[int, set[int]]) -> tuple[list[Change], set[int]]:
    """Uses as said; ids of matrices whose machines differ."""
    wanted = [
        {"matrix_id": matrix, "equipment_id": machine}
        for matrix, found in machines.items()
        for machine in sorted(found)
    ]
    said = {each["equipment_id"] for each in wanted}
    there = rows_of(SetupMatrixUse.objects.all(), "matrix_id", machines)
    gone = [each for each in there if each.equipment_id not in said]
    changes = delete_many(gone)
    uses = upsert(SetupMatrixUse.objects.all(), wanted, key=("equipment_id",))
    touched = uses.touched("matrix_id") | {each.matrix_id for each in gone}
    return [*changes, *uses.changes], touched
