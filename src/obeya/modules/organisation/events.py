"""What happened to the plant's people, places and partners. Ids only: no names, no free text."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("organisation.site_opened", view="organisation.view")
@dataclass(frozen=True)
class SiteOpened:
    site: int
    code: str


@event("organisation.units_saved", view="organisation.view")
@dataclass(frozen=True)
class UnitsSaved:
    new: list[int]
    changed: list[int]


@event("organisation.calendars_saved", view="organisation.view")
@dataclass(frozen=True)
class CalendarsSaved:
    """Ids are of calendars: `changed` also when only a shift, a break or a holiday differs."""

    new: list[int]
    changed: list[int]


@event("organisation.equipment_saved", view="organisation.view")
@dataclass(frozen=True)
class EquipmentSaved:
    new: list[int]
    changed: list[int]


@event("organisation.equipment_archived", view="organisation.view")
@dataclass(frozen=True)
class EquipmentArchived:
    equipment: list[int]


@event("organisation.equipment_unarchived", view="organisation.view")
@dataclass(frozen=True)
class EquipmentUnarchived:
    equipment: list[int]


@event("organisation.people_saved", view="organisation.view_people")
@dataclass(frozen=True)
class PeopleSaved:
    """Ids are of people: `changed` also when only a skill differs."""

    new: list[int]
    changed: list[int]


@event("organisation.absences_recorded", view="organisation.view_people")
@dataclass(frozen=True)
class AbsencesRecorded:
    """People were not there: ids of them and of their rows in the time ledger, no reasons."""

    people: list[int]
    spans: list[int]


@event("organisation.parties_saved", view="organisation.view")
@dataclass(frozen=True)
class PartiesSaved:
    new: list[int]
    changed: list[int]


@event("organisation.reasons_saved", view="organisation.view")
@dataclass(frozen=True)
class ReasonsSaved:
    new: list[int]
    changed: list[int]
