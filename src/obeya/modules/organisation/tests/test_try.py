import pytest
from datetime import time, date
from decimal import Decimal
from obeya.plant.log.actor import system_actor
from obeya.modules.organisation import actions as a
from obeya.modules.organisation.rows import *
from obeya.plant.log.models import OperationsEvent, ChangeRow
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import *


@pytest.mark.django_db(transaction=True)
def test_all():
    by = system_actor()
    site = a.open_site(code="KES", name="Kestrel", time_zone="Europe/Berlin", by=by)
    rows = [
        CalendarRow("3S", "Early", "Mon-Fri", time(6), time(14), "10:00-10:30"),
        CalendarRow("3S", "Late", "Mon-Fri", time(14), time(22), "18:00-18:30"),
        CalendarRow("3S", "Night", "Mon-Thu", time(22), time(6), "02:00-02:30"),
        CalendarRow("3S", "Xmas", on_date=date(2026, 12, 24), ends_on=date(2026, 12, 26)),
    ]
    print(a.save_calendars(site=site, rows=rows, by=by))
    print(a.save_calendars(site=site, rows=rows, by=by))
    print(
        a.save_calendars(site=site, rows=rows[:2], by=by),
        ShiftPattern.objects.count(),
        CalendarException.objects.count(),
    )
    with pytest.raises(RowsRefused) as e:
        a.save_calendars(
            site=site,
            rows=[
                CalendarRow("3S", "Early", "Mon-Fri", time(6), time(15), "16:00-16:30"),
                CalendarRow("3S", "Late", "Mon-Fry", time(14), time(22)),
            ],
            by=by,
        )
    print(e.value)
    with pytest.raises(RowsRefused) as e:
        a.save_calendars(
            site=site,
            rows=[
                CalendarRow("3S", "Early", "Mon-Fri", time(6), time(15)),
                CalendarRow("3S", "Late", "Mon-Fri", time(14), time(22)),
                CalendarRow("3S", "N", "Sun", time(22), time(7)),
            ],
            by=by,
        )
    print(e.value)
    eq = [
        EquipmentRow("P1", "Press 1", parent="PRESS", classes=("A", "B"), calendar="3S"),
        EquipmentRow("PRESS", level="work_center", parent="HALL"),
        EquipmentRow("HALL", level="area"),
        EquipmentRow("WH", level="storage"),
    ]
    print(a.save_equipment(site=site, rows=eq, by=by), a.save_equipment(site=site, rows=eq, by=by))
    print(list(Equipment.objects.filter(is_virtual=False).values_list("code", "path")))
    print(
        a.save_equipment(
            site=site,
            rows=[
                EquipmentRow("HALL2", level="area"),
                EquipmentRow("PRESS", level="work_center", parent="HALL2"),
            ],
            by=by,
        )
    )
    print(list(Equipment.objects.filter(is_virtual=False).values_list("code", "path")))
    with pytest.raises(RowsRefused) as e:
        a.save_equipment(
            site=site,
            rows=[
                EquipmentRow("HALL", level="area", parent="HALL2"),
                EquipmentRow("HALL2", level="area", parent="HALL"),
                EquipmentRow("X", parent="WH", capacity=0),
            ],
            by=by,
        )
    print(e.value)
    p = [
        PersonRow("1", "Ann", "TURN", 3, calendar="3S"),
        PersonRow("1", "", "FORK", 2),
        PersonRow("2", "Bob"),
    ]
    print(a.save_people(site=site, rows=p, by=by), a.save_people(site=site, rows=p, by=by))
    print(
        a.save_parties(
            site=site, rows=[PartyRow("C1", is_customer=True, lead_time_days=Decimal("1.5"))], by=by
        )
    )
    r = [ReasonRow("down", "A"), ReasonRow("down", "B", parent="A")]
    print(a.save_reasons(site=site, rows=r, by=by), a.save_reasons(site=site, rows=r, by=by))
    a.archive_equipment(site=site, codes=["P1"], by=by)
    a.unarchive_equipment(site=site, codes=["P1"], by=by)
    print(OperationsEvent.objects.last().payload, ChangeRow.objects.count())
