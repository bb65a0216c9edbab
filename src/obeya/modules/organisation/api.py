from obeya.modules.organisation import actions, queries, rows
from obeya.plant.log.api import ListEndpoint, RowsEndpoint

endpoints = [
    RowsEndpoint("units", actions.save_units, rows.UnitRow),
    RowsEndpoint("reasons", actions.save_reasons, rows.ReasonRow),
    RowsEndpoint("calendars", actions.save_calendars, rows.CalendarRow),
    RowsEndpoint("equipment", actions.save_equipment, rows.EquipmentRow),
    RowsEndpoint("people", actions.save_people, rows.PersonRow),
    RowsEndpoint("parties", actions.save_parties, rows.PartyRow),
    ListEndpoint("calendars", queries.calendar_list, ["code", "name", "is_always_open"]),
    ListEndpoint(
        "equipment",
        queries.equipment_list,
        {
            "code": "code",
            "name": "name",
            "level": "level",
            "parent": "parent__code",
            "calendar": "calendar__code",
            "capacity": "capacity",
            "batch_places": "batch_places",
            "setup_family": "current_setup_family",
        },
    ),
    ListEndpoint(
        "people",
        queries.people_list,
        {"code": "code", "name": "name", "calendar": "calendar__code", "language": "language"},
    ),
    ListEndpoint("parties", queries.party_list, ["code", "name", "is_customer", "is_supplier"]),
]
