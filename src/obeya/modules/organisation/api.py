from obeya.modules.organisation import actions, queries, rows
from obeya.modules.organisation.demo_clock_door import demo_clock_rows
from obeya.plant.log.api import ListEndpoint, RowsEndpoint
from obeya.plant.log.demo_clock import demo_clocks, set_demo_clock
from obeya.plant.log.unsettled import waiting_deliveries

endpoints = [
    RowsEndpoint("units", actions.save_units, rows.UnitRow),
    RowsEndpoint("reasons", actions.save_reasons, rows.ReasonRow),
    RowsEndpoint("calendars", actions.save_calendars, rows.CalendarRow),
    RowsEndpoint("equipment", actions.save_equipment, rows.EquipmentRow),
    RowsEndpoint("people", actions.save_people, rows.PersonRow),
    RowsEndpoint("absences", actions.record_absences, rows.AbsenceRow),
    RowsEndpoint("parties", actions.save_parties, rows.PartyRow),
    RowsEndpoint(
        "demo-clock",
        set_demo_clock,
        rows.DemoClockRow,
        scope="enterprise",
        prepare=demo_clock_rows,
    ),
    ListEndpoint(
        "demo-clock",
        demo_clocks,
        ["real_anchor", "shown_anchor", "rate"],
        scope="enterprise",
        key="pk",
    ),
    ListEndpoint(
        "waiting-deliveries",
        waiting_deliveries,
        {"delivery": "pk", "reaction": "reaction", "attempts": "attempts"},
        scope="enterprise",
        key="pk",
    ),
    ListEndpoint(
        "calendar-shifts",
        queries.shift_patterns,
        {
            "calendar": "calendar__code",
            "time_zone": "calendar__site__time_zone",
            "shift": "name",
            "weekday": "weekday",
            "starts_at": "starts_at",
            "ends_at": "ends_at",
            "valid_from": "valid_from",
            "valid_to": "valid_to",
        },
        key="calendar__code",
    ),
    ListEndpoint(
        "calendar-breaks",
        queries.shift_breaks,
        {
            "calendar": "pattern__calendar__code",
            "shift": "pattern__name",
            "weekday": "pattern__weekday",
            "starts_at": "starts_at",
            "ends_at": "ends_at",
        },
        key="pattern__calendar__code",
    ),
    ListEndpoint(
        "calendar-exceptions",
        queries.calendar_exceptions,
        {
            "calendar": "calendar__code",
            "on_date": "on_date",
            "ends_on": "ends_on",
            "is_working": "is_working",
            "starts_at": "starts_at",
            "ends_at": "ends_at",
        },
        key="calendar__code",
    ),
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
