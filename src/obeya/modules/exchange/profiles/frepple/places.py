"""frePPLe's locations and resources → one site's equipment, storages and people."""

import re
from collections import Counter, defaultdict
from typing import Any

from obeya.modules.exchange.plant_file import sheet_of
from obeya.modules.exchange.profiles.frepple.calendars import Calendars
from obeya.modules.exchange.profiles.frepple.records import Record, Records
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.organisation.public import EquipmentRow, PersonRow

UNLIMITED_PLACES = 20  # of a step that loads nothing in frePPLe: drying, cooling, waiting


class Places:
    """Where work happens and things lie, and who is there."""

    def __init__(self, records: Records, calendars: Calendars) -> None:
        self._records = records
        self._calendars = calendars
        self.resources = {r.text("name"): r for r in records.of("resource")}
        self._members: dict[str, list[str]] = defaultdict(list)
        for name, record in self.resources.items():
            if pool := record.text("owner"):
                self._members[pool].append(name)
        self._skills: dict[str, list[Record]] = defaultdict(list)
        for record in records.of("resourceskill"):
            self._skills[record.text("resource")].append(record)
        held = {r.text("skill") for records_of_one in self._skills.values() for r in records_of_one}
        if idle := sorted({r.text("name") for r in records.of("skill")} - held):
            records.note(f"Nobody holds {', '.join(idle)}: a skill is made by who holds it.")
        self._locations = {r.text("name"): r for r in records.of("location")}
        self._equipment: dict[str, tuple[int, dict[str, Any]]] = {}
        self._working = self._working_locations()
        self.site_name = next(iter(self._working), "factory")
        self.site_code = re.sub(r"[^A-Z0-9]+", "-", self.site_name.upper()).strip("-")[:20]
        self._lay_out()

    def is_people_pool(self, name: str) -> bool:
        """A pool of humans: its members are people, and its name is a skill that all hold."""
        return bool(name in self.resources and self._members.get(name)) and (
            self.resources[name].text("subcategory").lower() == "human"
            or any(self._skills.get(member) for member in self._members[name])
        )

    def is_person(self, name: str) -> bool:
        return name in self.resources and self.is_people_pool(self.resources[name].text("owner"))

    def storage(self, location: str) -> str:
        """The code of the storage that stands for a location; "" where there is no such one."""
        if location not in self._locations:
            return ""
        return f"{location} stock" if location in self._working else location

    def holders(self, skill: str) -> int:
        """How many people hold a skill or belong to a pool."""
        by_skill = sum(
            1 for held in self._skills.values() if any(r.text("skill") == skill for r in held)
        )
        return by_skill or len(self._members[skill])

    def hand_workplace(self, operation: Record, places: int) -> str:
        """A place for a step that frePPLe gives to people alone, or to nobody."""
        code = operation.text("name")
        self._add(
            operation,
            code,
            level="work_unit",
            parent=self._area(operation.text("location")),
            capacity=max(1, places),
        )
        return code

    def equipment_sheet(self) -> TypedSheet:
        return sheet_of(EquipmentRow, list(self._equipment.values()))

    def people_sheet(self) -> TypedSheet:
        rows: list[tuple[int, dict[str, Any]]] = []
        for name, record in self.resources.items():
            if not self.is_person(name):
                continue
            calendar = self._calendar_of(record)
            held = [r.text("skill") for r in self._skills[name]]
            for skill in [record.text("owner"), *held]:
                rows.append(
                    (
                        record.number,
                        {
                            "code": name,
                            "name": name,
                            "skill": skill,
                            "level": 3,
                            "calendar": calendar,
                        },
                    )
                )
        return sheet_of(PersonRow, rows)

    def _working_locations(self) -> dict[str, int]:
        used = Counter(
            record.text("location")
            for model in ("operation", "resource")
            for record in self._records.of(model)
            if record.text("location")
        )
        return dict(used.most_common())

    def _lay_out(self) -> None:
        groups = {location.text("owner") for location in self._locations.values()} - {""}
        if groups:
            self._records.note(f"{', '.join(sorted(groups))}: groups of locations stay behind.")
        for name, location in self._locations.items():
            if name in groups:
                continue
            calendar = self._calendars.write(location.text("available"))
            if name in self._working:
                self._add(location, name, level="area", calendar=calendar)
            self._add(
                location,
                self.storage(name),
                level="storage",
                parent=name if name in self._working else "",
            )
        places = [n for n, r in self._locations.items() if self.storage(n) in self._equipment]
        if len(places) > 1:
            self._records.note(
                f"The locations {', '.join(places)} became storages of one site: the plan may "
                "use what lies in any of them, and no transport between them is planned."
            )
        for name, record in self.resources.items():
            self._lay_out_resource(name, record)

    def _lay_out_resource(self, name: str, record: Record) -> None:
        if self.is_person(name):
            return
        if self.is_people_pool(name):
            self._records.note(
                f"Resource {name} is a pool of people: it became a skill that its "
                f"{len(self._members[name])} members hold."
            )
            return
        owner = record.text("owner")
        varying, maximum = record.text("maximum_calendar"), int(record.number_of("maximum", 1))
        capacity = self._calendars.capacity(varying) if varying else maximum
        self._add(
            record,
            name,
            level="work_center" if self._members.get(name) else "work_unit",
            parent=owner or self._area(record.text("location")),
            calendar=self._calendar_of(record),
            capacity=1 if self._members.get(name) else max(1, capacity),
        )
        if record.number_of("efficiency", 100) != 100 or record.text("efficiency_calendar"):
            self._records.note(f"Resource {name}: its efficiency was not carried over.")

    def _area(self, location: str) -> str:
        return location if location in self._working else ""

    def _calendar_of(self, record: Record) -> str:
        own = record.text("available") or record.text("maximum_calendar")
        location = self._locations.get(record.text("location"))
        within = location.text("available") if location else ""
        return self._calendars.write(own, within) or (
            within if self.is_person(record.text("name")) else ""
        )

    def _add(self, record: Record, code: str, **fields: Any) -> None:
        self._equipment[code] = (record.number, {"code": code, "name": code, **fields})
