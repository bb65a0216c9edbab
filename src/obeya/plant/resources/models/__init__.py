"""Equipment, people, materials, parties, calendars, units: what the plant has."""

from obeya.plant.resources.models.calendar import (
    CalendarException,
    ShiftBreak,
    ShiftPattern,
    WorkCalendar,
)
from obeya.plant.resources.models.equipment import (
    Equipment,
    EquipmentClass,
    EquipmentClassMember,
)
from obeya.plant.resources.models.lot import MaterialLot
from obeya.plant.resources.models.material import Material, MaterialAtSite, MaterialRevision
from obeya.plant.resources.models.party import Party
from obeya.plant.resources.models.person import Person, PersonSkill, Skill
from obeya.plant.resources.models.reason import Reason
from obeya.plant.resources.models.shift import Shift
from obeya.plant.resources.models.site import Site
from obeya.plant.resources.models.tool import Tool
from obeya.plant.resources.models.unit import Unit, UnitConversion

__all__ = [
    "CalendarException",
    "Equipment",
    "EquipmentClass",
    "EquipmentClassMember",
    "Material",
    "MaterialAtSite",
    "MaterialLot",
    "MaterialRevision",
    "Party",
    "Person",
    "PersonSkill",
    "Reason",
    "Shift",
    "ShiftBreak",
    "ShiftPattern",
    "Site",
    "Skill",
    "Tool",
    "Unit",
    "UnitConversion",
    "WorkCalendar",
]
