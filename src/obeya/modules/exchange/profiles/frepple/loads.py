"""What an operation loads in frePPLe → one machine, a crew with a skill, other machines."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from obeya.modules.exchange.profiles.frepple.places import UNLIMITED_PLACES, Places
from obeya.modules.exchange.profiles.frepple.records import Record, Records


@dataclass
class Crew:
    """Where a step runs and who it binds."""

    equipment: str = ""
    skill: str = ""
    size: int = 0
    setup_family: str = ""
    alternates: list[tuple[Record, str, int]] = field(default_factory=list)


class Loads:
    """The loads of all operations, and the setup matrices of the machines."""

    def __init__(self, records: Records, places: Places) -> None:
        self._records = records
        self._places = places
        self._by_operation: dict[str, list[Record]] = defaultdict(list)
        for load in records.of("operationresource"):
            self._by_operation[load.text("operation")].append(load)

    def crew(self, step: Record) -> Crew:
        crew = Crew()
        machines: list[Record] = []
        for load in self._by_operation[step.text("name")]:
            resource = load.text("resource")
            if self._places.is_people_pool(resource) or self._places.is_person(resource):
                self._add_people(step, load, crew)
            else:
                machines.append(load)
        if machines:
            self._add_machines(step, machines, crew)
        elif crew.size:
            crew.equipment = self._places.hand_workplace(
                step, self._places.holders(crew.skill) // crew.size
            )
            self._records.note(
                f"Operation {step.text('name')} loads only people: it got a hand workplace of its "
                "name, with as many places as people can work there at once."
            )
        else:
            crew.equipment = self._places.hand_workplace(step, UNLIMITED_PLACES)
            self._records.note(
                f"Operation {step.text('name')} loads nothing: it got a place of its name for "
                f"{UNLIMITED_PLACES} orders at a time; set the capacity that it really has."
            )
        return crew

    def setup_rows(self) -> list[tuple[int, dict[str, Any]]]:
        """Setup rules; frePPLe's patterns (.* for any) become "any", others stay behind."""
        for named in self._records.of("setupmatrix"):
            named.text("name")  # a matrix is made by its rules
        machines: dict[str, list[str]] = defaultdict(list)
        for name, resource in self._places.resources.items():
            if matrix := resource.text("setupmatrix"):
                machines[matrix].append(name)
        rows = []
        for rule in self._records.of("setuprule"):
            matrix = rule.text("setupmatrix")
            families = [rule.text("fromsetup"), rule.text("tosetup")]
            families = ["" if family in (".*", "*") else family for family in families]
            if any(set(family) & set("*?[]()|+\\") for family in families):
                self._records.note(
                    f"Setup matrix {matrix}: rule {families[0]} → {families[1]} is a pattern and "
                    "was not carried over: write its families one by one."
                )
                continue
            rows.append(
                (
                    rule.number,
                    {
                        "matrix": matrix,
                        "from_family": families[0],
                        "to_family": families[1],
                        "setup_min": rule.minutes("duration"),
                        "equipment": tuple(machines[matrix]),
                    },
                )
            )
        return rows

    def _add_people(self, step: Record, load: Record, crew: Crew) -> None:
        skill = load.text("skill") or load.text("resource")
        if crew.skill and crew.skill != skill:
            self._records.note(
                f"Operation {step.text('name')} needs {crew.skill} and {skill}: one skill for the "
                f"whole crew is held here, {crew.skill} was taken."
            )
        crew.skill = crew.skill or skill
        crew.size += max(1, int(load.number_of("quantity", 1)))

    def _add_machines(self, step: Record, loads: list[Record], crew: Crew) -> None:
        loads = sorted(loads, key=lambda load: (load.whole("priority", 1), load.number))
        first = loads[0]
        crew.equipment = first.text("resource")
        crew.setup_family = first.text("setup")
        for load in loads[1:]:
            if load.text("name") and load.text("name") == first.text("name"):
                preference = max(1, load.whole("priority", 1))
                crew.alternates.append((load, load.text("resource"), preference))
            else:
                self._records.note(
                    f"Operation {step.text('name')} loads {load.text('resource')} besides "
                    f"{crew.equipment}: a second machine at the same time was not carried over."
                )
        if first.number_of("quantity", 1) != 1:
            self._records.note(
                f"Operation {step.text('name')} takes {first.text('quantity')} places of "
                f"{crew.equipment}; here a job takes one."
            )
