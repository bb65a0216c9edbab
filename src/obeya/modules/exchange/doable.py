"""Can somebody do every operation of the file? Asked when all its sheets are saved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from obeya.modules.engineering.public import OperationRow
from obeya.modules.exchange.importing import Attempt
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.refusals import Fault
from obeya.plant.resources.models import Equipment, PersonSkill, Site

Complaint = tuple[str, str, str, str]  # column, value, rule, remedy


def check_doable(file: PlantFile, attempt: Attempt) -> list[Fault]:
    """A fault for each operation without equipment, with an empty class or center, or no crew.

    What is already refused, or would be defined by a row that is, is not told twice.
    """
    sheet = next((each for each in file.sheets if each.row_class is OperationRow), None)
    if sheet is None or not sheet.rows:
        return []
    units = _work_units(attempt.site)
    crews = _levels(attempt.site)
    refused = {fault.row for fault in attempt.faults if fault.sheet == sheet.name}
    return [
        Fault(sheet.name, row.number, sheet.headers.get(column, column), value, rule, remedy)
        for row in sheet.rows
        if row.number not in refused
        for column, value, rule, remedy in _complaints(OperationRow(**row.given), units, crews)
        if value not in attempt.excused
    ]


def _complaints(
    said: OperationRow, units: "_Units", crews: Mapping[str, list[int]]
) -> Iterable[Complaint]:
    yield from _place(said, units)
    yield from _crew(said, crews)


def _place(said: OperationRow, units: "_Units") -> Iterable[Complaint]:
    if said.subcontractor:
        return
    if said.equipment:
        if said.equipment not in units.working:
            yield (
                "equipment",
                said.equipment,
                "nobody can do it: no machine stands there",
                "Name a work unit, or a work center with work units in it.",
            )
    elif said.equipment_class:
        if said.equipment_class not in units.classes:
            yield (
                "equipment_class",
                said.equipment_class,
                "nobody can do it: the class has no member in this site",
                "Give a machine this class on the sheet Equipment.",
            )
    else:
        yield (
            "equipment",
            "",
            "nobody can do it: neither equipment, nor a class, nor a subcontractor",
            "Fill one of the three.",
        )


def _crew(said: OperationRow, crews: Mapping[str, list[int]]) -> Iterable[Complaint]:
    if not said.skill or not said.crew_size:
        return
    able = sum(level >= said.skill_level for level in crews.get(said.skill, []))
    if able < said.crew_size:
        yield (
            "skill",
            said.skill,
            f"nobody can do it: {said.crew_size} with this skill at level {said.skill_level} "
            f"needed, {able} there",
            "Give people the skill on the sheet People, or lower what is asked.",
        )


class _Units:
    """Codes of equipment that can work, and of the classes with a member that can."""

    def __init__(self, working: set[str], classes: set[str]) -> None:
        self.working = working
        self.classes = classes


def _work_units(site: Site) -> _Units:
    tree = list(Equipment.objects.at(site).in_use().values_list("id", "code", "path", "level"))
    codes = {str(pk): code for pk, code, _, _ in tree}
    working: set[str] = set()
    for _, code, path, level in tree:
        if level == "work_unit":
            working.add(code)
            working.update(codes[step] for step in path.split("/") if step in codes)
    members = Equipment.objects.at(site).in_use().filter(level__in=["work_unit", "work_center"])
    classes = members.filter(classes__isnull=False).values_list("code", "classes__code")
    return _Units(working, {name for code, name in classes if code in working})


def _levels(site: Site) -> dict[str, list[int]]:
    """Levels held by the people of the site (or of no site), by code of skill."""
    held = (
        PersonSkill.objects.filter(person__archived_at=None)
        .filter(Q(person__home_site=site) | Q(person__home_site=None))
        .values_list("skill__code", "level")
    )
    levels: dict[str, list[int]] = defaultdict(list)
    for code, level in held:
        levels[code].append(level)
    return levels
