"""What operations must obey: somebody can do them, and their order has no loop."""

from collections.abc import Mapping, Sequence

from django.db.models import Max

from obeya.modules.engineering.bom_rules import loops_through
from obeya.modules.engineering.eligibility import Machines
from obeya.modules.engineering.rows import OperationRow
from obeya.plant.log.checking import RowCheck
from obeya.plant.resources.models import Equipment, EquipmentClass, PersonSkill, Site, Skill

DOERS = ("equipment", "equipment_class", "subcontractor")


def check_doers(
    check: RowCheck[OperationRow],
    equipment: Mapping[str, Equipment],
    classes: Mapping[str, EquipmentClass],
    machines: Machines,
) -> None:
    """Exactly one of machine, class and subcontractor, and a machine behind it."""
    for index, row in enumerate(check.rows):
        named = [field for field in DOERS if getattr(row, field)]
        if not named:
            remedy = "Name a machine or work center, a class, or a subcontractor."
            check.add(index, "equipment", "nobody can do this operation", remedy)
        elif len(named) > 1:
            check.add(index, named[1], f"{' and '.join(named)} at once", "Name one of them.")
        elif row.equipment in equipment:
            _check_equipment(check, index, equipment[row.equipment], machines)
        elif row.equipment_class in classes and not machines.named(
            None, classes[row.equipment_class].pk
        ):
            rule = f"nobody can do this operation: no machine is in class {row.equipment_class}"
            check.add(index, "equipment_class", rule, "Put a machine into the class first.")
        if row.subcontract_days is not None and not row.subcontractor:
            remedy = "Name the subcontractor, or leave it empty."
            check.add(index, "subcontract_days", "time outside without a subcontractor", remedy)


def _check_equipment(
    check: RowCheck[OperationRow], index: int, named: Equipment, machines: Machines
) -> None:
    if named.level in (Equipment.Level.AREA, Equipment.Level.STORAGE):
        rule = f"{named} is a {named.get_level_display()}; it makes nothing"
        check.add(index, "equipment", rule, "Name a machine or a work center.")
    elif named.archived_at is None and not machines.named(named.pk, None):
        rule = f"nobody can do this operation: no machine stands in {named}"
        check.add(index, "equipment", rule, f"Enter a work unit with {named} as its parent.")


def check_crew(check: RowCheck[OperationRow], site: Site, skills: Mapping[str, Skill]) -> None:
    """Somebody at the site holds the skill well enough. Whether on that day, the plan says."""
    held = dict(
        PersonSkill.objects.filter(
            skill__in=skills.values(), person__home_site=site, person__archived_at=None
        )
        .values_list("skill__code")
        .annotate(best=Max("level"))
    )
    for index, row in enumerate(check.rows):
        if row.skill in skills and row.crew_size > 0 and held.get(row.skill, 0) < row.skill_level:
            best = f"the best has {held[row.skill]}" if row.skill in held else "nobody holds it"
            rule = f"nobody can do this operation: {row.skill} at level {row.skill_level}, {best}"
            check.add(index, "skill", rule, "Train somebody, or correct the level.")


def check_order(
    check: RowCheck[OperationRow],
    revisions: Sequence[object],
    standing: Mapping[object, Mapping[int, set[int]]],
) -> None:
    """Predecessors exist and form no loop.

    ``revisions`` names each row's revision; ``standing`` holds, by revision, the numbers there
    with their predecessors.
    """
    numbers: dict[object, dict[int, set[int]]] = {r: dict(of) for r, of in standing.items()}
    for revision, row in zip(revisions, check.rows, strict=True):
        before = {int(each) for each in row.predecessors if each.isdecimal()}
        numbers.setdefault(revision, {})[row.number] = before
    for index, (revision, row) in enumerate(zip(revisions, check.rows, strict=True)):
        if strange := [p for p in row.predecessors if not p.isdecimal()]:
            rule = f"{strange[0]} is no number of an operation"
            check.add(index, "predecessors", rule, "Write numbers, as in 10, 20.")
        for each in numbers[revision][row.number] - numbers[revision].keys():
            rule = f"{row.material} has no operation {each}"
            check.add(index, "predecessors", rule, "Correct the number, or enter it.")
    said: dict[object, list[int]] = {}
    for index, revision in enumerate(revisions):
        said.setdefault(revision, []).append(index)
    for revision, of_revision in numbers.items():
        edges = [(number, each) for number, before in of_revision.items() for each in before]
        looped = loops_through(edges, edges) if edges else {}
        loops = {number: loop for (number, _), loop in reversed(looped.items())}  # the first stays
        for index in said.get(revision, ()):
            row = check.rows[index]
            if loop := loops.get(row.number):
                chain = " → ".join(str(number) for number in loop[::-1])
                remedy = "Take one of these predecessors out."
                check.add(index, "predecessors", f"waits for itself: {chain}", remedy)
