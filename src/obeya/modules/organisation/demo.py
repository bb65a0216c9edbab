"""Kestrel Automotive Parts in small: thirteen machines in eight work centers, three shifts."""

from datetime import date, time
from itertools import cycle

from obeya.modules.organisation.actions import (
    open_site,
    save_calendars,
    save_equipment,
    save_parties,
    save_people,
    save_reasons,
)
from obeya.modules.organisation.rows import (
    CalendarRow,
    EquipmentRow,
    PartyRow,
    PersonRow,
    ReasonRow,
)
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site

SITE = "KES"
EARLY = ("Early", "Mon-Fri", time(6), time(14), "10:00-10:30")
LATE = ("Late", "Mon-Fri", time(14), time(22), "18:00-18:30")
NIGHT = ("Night", "Mon-Fri", time(22), time(6), "02:00-02:30")
CALENDARS = {
    "3-SHIFT": ("Three shifts", [EARLY, LATE, NIGHT]),
    "2-SHIFT": ("Two shifts", [EARLY, LATE]),
    "EARLY": ("Early crew", [EARLY]),
    "LATE": ("Late crew", [LATE]),
    "NIGHT": ("Night crew", [NIGHT]),
}
WORK_CENTERS = {  # code: name, area, calendar, machines as (code, name, family set up now)
    "SAW": ("Sawing", "MACHINING", "2-SHIFT", [("SAW-1", "Band saw", "D40")]),
    "TURN": (
        "CNC turning",
        "MACHINING",
        "3-SHIFT",
        [("TURN-1", "Bar lathe 1", "D40"), ("TURN-2", "Robot lathe 2", "D28")],
    ),
    "MILL": (
        "Machining centers",
        "MACHINING",
        "3-SHIFT",
        [("HMC-1", "Horizontal center 1", "ARM"), ("HMC-2", "Horizontal center 2", "HOUSING")],
    ),
    "PRESS": (
        "Presses",
        "FORMING",
        "2-SHIFT",
        [("PRESS-160", "Press 160 t", "DIE-610"), ("PRESS-250", "Press 250 t", "DIE-2105")],
    ),
    "HEAT": ("Heat treatment", "FORMING", "ALWAYS", [("FURNACE-1", "Carburising furnace", "C08")]),
    "GRIND": (
        "Grinding",
        "MACHINING",
        "3-SHIFT",
        [("GRIND-1", "Cylindrical grinder 1", "G20"), ("GRIND-2", "Cylindrical grinder 2", "G35")],
    ),
    "ASSY": (
        "Assembly",
        "FINISHING",
        "2-SHIFT",
        [("CELL-1", "Assembly cell 1", "BT"), ("CELL-2", "Assembly cell 2", "OP")],
    ),
    "TEST": ("Test and final", "FINISHING", "2-SHIFT", [("TEST-1", "Leak and torque test", "")]),
}  # fmt: skip
CLASSES = {"TURN": ("LATHES",), "MILL": ("MACHINING CENTERS",), "GRIND": ("GRINDERS",)}
STORAGES = {"RAW": "Raw material", "PARTS": "Bought parts", "WIP": "Between operations",
            "FINISHED": "Finished goods"}  # fmt: skip
CREWS = {  # skill: level 3 and above in the early, late and night crew
    "TURNING": (2, 2, 2),
    "MILLING": (2, 2, 1),
    "PRESSING": (2, 2, 0),
    "HEAT": (1, 1, 1),
    "GRINDING": (2, 2, 2),
    "ASSEMBLY": (3, 3, 0),
    "TESTING": (1, 1, 0),
}
NAMES = (
    "Ana Petrova", "Bram de Wit", "Chiara Conti", "Dario Novak", "Elif Kaya", "Farid Haddad",
    "Grete Lund", "Hugo Martin", "Inés Ortega", "Jan Kowalski", "Katrin Vogel", "Luca Moretti",
    "Mira Hansen", "Nils Berg", "Olga Sidorova", "Pedro Alves", "Quinn Murphy", "Rosa Jimenez",
    "Stefan Kraus", "Tamar Levi", "Ulla Nyman", "Viktor Horvat", "Wen Li", "Xenia Popa",
    "Yusuf Demir", "Zoe Dubois", "Aylin Şahin", "Boris Ivanov", "Clara Weiss", "Dmitri Orlov",
    "Emma Nilsson", "Felix Braun", "Gina Russo", "Henk Visser", "Ivana Marić", "Jonas Keller",
)  # fmt: skip
CUSTOMERS = {"AUREL": "Aurel Motors", "BORSIG": "Borsig Antriebe", "CASTOR": "Castor Pumps",
             "DELVAUX": "Delvaux Aftermarket", "ESKIL": "Eskil Industrial"}  # fmt: skip
SUPPLIERS = {"NORRLAND": "Norrland Coil Service", "KETTERING": "Kettering Bar",
             "BRENTA": "Brenta Fonderie", "TATRA": "Tatra Bearings", "OKABE": "Okabe Bushing",
             "LINDQVIST": "Lindqvist Springs", "ROTORWERK": "Rotorwerk Jena",
             "SEALTECH": "Sealtech", "HALDEN": "Halden Screws", "PACKWELL": "Packwell",
             "DUNMORE": "Dunmore Coatings"}  # fmt: skip
REASONS = {
    "down": {"TECHNICAL": ["SENSOR", "SPINDLE", "HYDRAULIC", "FIXTURE", "LOADER"],
             "ORGANISATION": ["NO MATERIAL", "NO OPERATOR", "WAIT FOR QUALITY"]},
    "scrap": {"SIZE": ["SIZE DRIFT", "SETUP PIECE"], "MATERIAL": ["POROSITY", "HARDNESS"],
              "HANDLING": ["DROPPED", "MISSING PART"]},
    "stock": {"COUNT": ["FOUND", "MISSING"]},
}  # fmt: skip


def fill(*, by: Actor) -> None:
    """Once, and where no other plant is: what people change in the demo afterwards stays."""
    if Site.objects.exists():
        return
    site = open_site(code=SITE, name="Kestrel Automotive Parts", time_zone="Europe/Berlin", by=by)
    save_calendars(site=site, rows=_calendars(clock.now().year), by=by)
    save_equipment(site=site, rows=_equipment(), by=by)
    save_people(site=site, rows=_people(), by=by)
    parties = [PartyRow(code, name, is_customer=True) for code, name in CUSTOMERS.items()]
    parties += [PartyRow(code, name, is_supplier=True) for code, name in SUPPLIERS.items()]
    save_parties(site=site, rows=parties, by=by)
    save_reasons(site=site, rows=_reasons(), by=by)


def _calendars(year: int) -> list[CalendarRow]:
    holidays = [("Christmas", date(year, 12, 25), date(year, 12, 26)),
                ("New Year", date(year + 1, 1, 1), None)]  # fmt: skip
    rows = [CalendarRow("ALWAYS", name="Round the clock", is_always_open=True)]
    for code, (name, shifts) in CALENDARS.items():
        rows += [CalendarRow(code, *shift, name=name) for shift in shifts]
        rows += [
            CalendarRow(code, holiday, on_date=first, ends_on=last, name=name)
            for holiday, first, last in holidays
        ]
    return rows


def _equipment() -> list[EquipmentRow]:
    areas = {"MACHINING": "Machining hall", "FORMING": "Forming and heat", "FINISHING": "Finishing"}
    rows = [EquipmentRow(code, name, level="area") for code, name in areas.items()]
    rows += [EquipmentRow(code, name, level="storage") for code, name in STORAGES.items()]
    for code, (name, area, calendar, machines) in WORK_CENTERS.items():
        rows.append(EquipmentRow(code, name, "work_center", area, calendar))
        rows += [
            EquipmentRow(
                machine,
                title,
                parent=code,
                classes=CLASSES.get(code, ()),
                batch_places=4 if code == "HEAT" else None,
                setup_family=family,
            )
            for machine, title, family in machines
        ]
    return rows


def _people() -> list[PersonRow]:
    """Everybody holds one skill well, and the next one a little."""
    names = cycle(NAMES)
    skills = list(CREWS)
    rows: list[PersonRow] = []
    for place, (skill, crews) in enumerate(CREWS.items()):
        for calendar, heads in zip(("EARLY", "LATE", "NIGHT"), crews, strict=True):
            for head in range(heads):
                code, name = f"P-{len({row.code for row in rows}) + 101}", next(names)
                level = 4 if head == 0 and calendar == "EARLY" else 3
                rows.append(PersonRow(code, name, skill, level, calendar=calendar))
                second = skills[(place + 1) % len(skills)]
                rows.append(PersonRow(code, name, second, 1 + head % 2, calendar=calendar))
    return rows


def _reasons() -> list[ReasonRow]:
    rows = []
    for kind, groups in REASONS.items():
        for group, codes in groups.items():
            rows.append(ReasonRow(kind, group, group.capitalize()))  # type: ignore[arg-type]
            rows += [ReasonRow(kind, c, c.capitalize(), group) for c in codes]  # type: ignore[arg-type]
    return rows
