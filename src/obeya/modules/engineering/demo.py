"""What Kestrel makes: belt tensioners, oil pumps, shafts and brackets, on two and three levels."""

from decimal import Decimal

from obeya.modules.engineering.actions import (
    save_alternates,
    save_bom_lines,
    save_materials,
    save_operations,
    save_setup_times,
    save_tools,
)
from obeya.modules.engineering.rows import (
    AlternateRow,
    BomRow,
    MaterialKind,
    MaterialRow,
    OperationRow,
    SetupTimeRow,
    ToolRow,
)
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Material, Site

SITE = "KES"
FINISHED = {"BT-210": ("Belt tensioner 210", "19.50"), "BT-220": ("Belt tensioner 220", "21.00"),
            "OP-120": ("Oil pump 120", "42.00"), "OP-130": ("Oil pump 130", "44.50"),
            "TS-410": ("Transmission shaft 410", "26.00"),
            "TS-420": ("Transmission shaft 420", "28.40"),
            "BR-610": ("Bracket 610", "1.02"), "BR-620": ("Bracket 620", "1.18")}  # fmt: skip
MADE = {"AR-2101": ("Tensioner arm 210", "4.10"), "AR-2201": ("Tensioner arm 220", "4.60"),
        "PS-2102": ("Pivot shaft", "1.90"), "BR-2105": ("Tensioner bracket", "0.62"),
        "HS-1201": ("Pump housing 120", "9.80"), "HS-1301": ("Pump housing 130", "10.40"),
        "CV-1204": ("Pump cover", "3.10"), "PN-1202": ("Pinion shaft", "3.40")}  # fmt: skip
BOUGHT = {  # code: name, kind, unit, supplier, lead time [days], cost
    "BAR-42": ("Bar 42CrMo4 40 mm", "raw", "KGM", "KETTERING", 21, "1.65"),
    "BAR-16": ("Bar 16MnCr5 28 mm", "raw", "KGM", "KETTERING", 21, "1.58"),
    "BAR-55": ("Bar 42CrMo4 55 mm", "raw", "KGM", "KETTERING", 21, "1.72"),
    "DC04-20": ("Coil DC04 2.0 mm", "raw", "KGM", "NORRLAND", 42, "0.93"),
    "CA-2101": ("Casting tensioner arm", "purchased", "H87", "BRENTA", 35, "2.20"),
    "CA-1201": ("Casting pump housing", "purchased", "H87", "BRENTA", 35, "4.90"),
    "CA-1204": ("Casting pump cover", "purchased", "H87", "BRENTA", 35, "1.40"),
    "6203-2RS": ("Ball bearing 6203-2RS", "purchased", "H87", "TATRA", 56, "0.88"),
    "DU-16": ("Bush DU-16", "purchased", "H87", "OKABE", 70, "0.19"),
    "SP-18": ("Torsion spring SP-18", "purchased", "H87", "LINDQVIST", 28, "0.74"),
    "PL-70": ("Pulley 70 mm", "purchased", "H87", "HALDEN", 28, "1.35"),
    "RT-12": ("Rotor set RT-12", "purchased", "H87", "ROTORWERK", 49, "7.60"),
    "SE-25": ("Shaft seal 25×35×7", "purchased", "H87", "SEALTECH", 28, "0.41"),
    "OR-40": ("O-ring 40×2", "purchased", "H87", "SEALTECH", 28, "0.06"),
    "SC-M6": ("Screw M6×20", "purchased", "H87", "HALDEN", 10, "0.03"),
    "TRAY": ("Returnable tray", "packaging", "H87", "PACKWELL", 5, "3.20"),
}
BOM = {  # material: component → quantity per piece
    "BT-210": {"AR-2101": "1", "PS-2102": "1", "BR-2105": "1", "6203-2RS": "1", "DU-16": "2",
               "SP-18": "1", "PL-70": "1"},
    "BT-220": {"AR-2201": "1", "PS-2102": "1", "BR-2105": "1", "6203-2RS": "1", "DU-16": "2",
               "SP-18": "1", "PL-70": "1"},
    "OP-120": {"HS-1201": "1", "PN-1202": "1", "CV-1204": "1", "RT-12": "1", "SE-25": "1",
               "OR-40": "2", "SC-M6": "6"},
    "OP-130": {"HS-1301": "1", "PN-1202": "1", "CV-1204": "1", "RT-12": "1", "SE-25": "1",
               "OR-40": "2", "SC-M6": "8"},
    "AR-2101": {"CA-2101": "1"}, "AR-2201": {"CA-2101": "1"},
    "HS-1201": {"CA-1201": "1"}, "HS-1301": {"CA-1201": "1"}, "CV-1204": {"CA-1204": "1"},
    "PS-2102": {"BAR-42": "0.48"}, "PN-1202": {"BAR-16": "0.62"},
    "TS-410": {"BAR-55": "1.85"}, "TS-420": {"BAR-55": "2.10"},
    "BR-2105": {"DC04-20": "0.41"}, "BR-610": {"DC04-20": "0.36"}, "BR-620": {"DC04-20": "0.44"},
}  # fmt: skip
TRAYS = ("BT-210", "BT-220", "OP-120", "OP-130")
SHAFT = {"PS-2102": ("D40", "C08", "G20", 8, 85, 0, 60),
         "PN-1202": ("D28", "C12", "G20", 9, 110, 0, 70),
         "TS-410": ("D55", "C12", "G35", 13, 150, 110, 130),
         "TS-420": ("D55", "C12", "G35", 14, 165, 120, 145)}  # fmt: skip
MILLED = {"AR-2101": ("ARM", 175), "AR-2201": ("ARM", 185), "HS-1201": ("HOUSING", 150),
          "HS-1301": ("HOUSING", 165), "CV-1204": ("COVER", 60)}  # fmt: skip
PRESSED = {
    "BR-2105": ("DIE-2105", "9.0"),
    "BR-610": ("DIE-610", "9.5"),
    "BR-620": ("DIE-620", "10.5"),
}
ASSEMBLED = {"BT-210": ("BT", 88, 16), "BT-220": ("BT", 94, 16), "OP-120": ("OP", 126, 38),
             "OP-130": ("OP", 134, 38)}  # fmt: skip
SETUPS = {  # work center: default, same family, and pairs of families [minutes]
    "SAW": (12, 5, {}),
    "TURN": (70, 22, {("D28", "D40"): 58, ("D40", "D28"): 62, ("D40", "D55"): 85}),
    "MILL": (68, 20, {("ARM", "COVER"): 55, ("COVER", "ARM"): 60, ("HOUSING", "SHAFT"): 95}),
    "PRESS": (80, 14, {("DIE-610", "DIE-620"): 72, ("DIE-620", "DIE-610"): 78}),
    "HEAT": (60, 5, {("C08", "C12"): 25, ("C12", "C08"): 45}),
    "GRIND": (85, 24, {("G20", "G35"): 72, ("G35", "G20"): 95}),
    "ASSY": (28, 8, {}),
}
FAMILIES = {"SAW": ("D28", "D40", "D55"), "TURN": ("D28", "D40", "D55"),
            "MILL": ("ARM", "HOUSING", "COVER", "SHAFT"),
            "PRESS": ("DIE-2105", "DIE-610", "DIE-620"), "HEAT": ("C08", "C12"),
            "GRIND": ("G20", "G35"), "ASSY": ("BT", "OP")}  # fmt: skip


def fill(*, by: Actor) -> None:
    """Once: what people change in the demo afterwards stays."""
    site = Site.objects.filter(code=SITE).first()
    if site is None or Material.objects.exists():
        return
    save_materials(site=site, rows=_materials(), by=by)
    lines = [
        BomRow(made, part, Decimal(count))
        for made, parts in BOM.items()
        for part, count in parts.items()
    ]
    lines += [BomRow(made, "TRAY", Decimal(1), per_quantity=Decimal(24)) for made in TRAYS]
    save_bom_lines(site=site, rows=lines, by=by)
    save_tools(
        site=site, rows=[ToolRow(die, f"Die of {die[4:]}") for die, _ in PRESSED.values()], by=by
    )
    save_operations(site=site, rows=_operations(), by=by)
    slower = [AlternateRow(code, 10, "PRESS-250", 2, run_s=Decimal(12)) for code in ("BR-610",)]
    save_alternates(site=site, rows=slower, by=by)
    save_setup_times(site=site, rows=_setups(), by=by)


def _materials() -> list[MaterialRow]:
    def made(code: str, name: str, kind: MaterialKind, cost: str, storage: str) -> MaterialRow:
        return MaterialRow(code, name, kind, standard_cost=Decimal(cost), storage=storage)

    rows = [made(c, name, "finished", cost, "FINISHED") for c, (name, cost) in FINISHED.items()]
    rows += [made(c, name, "semifinished", cost, "WIP") for c, (name, cost) in MADE.items()]
    rows += [
        MaterialRow(
            code,
            name,
            kind,  # type: ignore[arg-type]
            unit,
            lead_time_days=Decimal(days),
            standard_cost=Decimal(cost),
            storage="RAW" if kind == "raw" else "PARTS",
            supplier=supplier,
            is_lot_tracked=kind == "raw",
        )
        for code, (name, kind, unit, supplier, days, cost) in BOUGHT.items()
    ]
    return rows


def _operations() -> list[OperationRow]:
    rows: list[OperationRow] = []

    def step(
        code: str, number: int, name: str, on: str, run_s: str | int, **fields: object
    ) -> None:
        rows.append(OperationRow(code, number, name, on, run_s=Decimal(run_s), **fields))  # type: ignore[arg-type]

    for code, (bar, recipe, wheel, saw_s, turn_s, mill_s, grind_s) in SHAFT.items():
        step(code, 10, "Saw", "SAW", saw_s, setup_family=bar, setup_min=Decimal(12), crew_size=0)
        step(code, 20, "Turn", "TURN", turn_s, setup_family=bar, setup_min=Decimal(70), crew_size=0)
        if mill_s:
            step(
                code,
                30,
                "Mill",
                "MILL",
                mill_s,
                setup_family="SHAFT",
                setup_min=Decimal(68),
                crew_size=0,
            )
        step(code, 40, "Carburise", "HEAT", 0, fixed_run_min=Decimal(420), is_batch=True,
             batch_family=recipe, setup_family=recipe, crew_size=0, is_resumable=False)  # fmt: skip
        step(
            code,
            50,
            "Grind",
            "GRIND",
            grind_s,
            setup_family=wheel,
            setup_min=Decimal(85),
            skill="GRINDING",
        )
    for code, (family, run_s) in MILLED.items():
        step(
            code, 10, "Mill", "MILL", run_s, setup_family=family, setup_min=Decimal(68), crew_size=0
        )
    for code, (die, run_s) in PRESSED.items():
        on = "PRESS-250" if code == "BR-2105" else "PRESS-160"
        step(
            code,
            10,
            "Press",
            on,
            run_s,
            setup_family=die,
            setup_min=Decimal(80),
            tool=die,
            skill="PRESSING",
        )
    for code in ("BR-610", "BR-620"):
        rows.append(
            OperationRow(
                code,
                20,
                "E-coat outside",
                subcontractor="DUNMORE",
                subcontract_days=Decimal(3),
                crew_size=0,
            )
        )
    for code, (family, run_s, test_s) in ASSEMBLED.items():
        step(
            code,
            10,
            "Assemble",
            "ASSY",
            run_s,
            setup_family=family,
            setup_min=Decimal(28),
            skill="ASSEMBLY",
        )
        step(code, 20, "Test", "TEST", test_s, setup_min=Decimal(5), skill="TESTING")
    for code in ("TS-410", "TS-420"):
        step(code, 60, "Test", "TEST", 12, setup_min=Decimal(5), skill="TESTING")
    return rows


def _setups() -> list[SetupTimeRow]:
    rows = []
    for center, (default, same, pairs) in SETUPS.items():
        rows.append(SetupTimeRow(center, setup_min=Decimal(default), equipment=(center,)))
        rows += [SetupTimeRow(center, f, f, Decimal(same)) for f in FAMILIES[center]]
        rows += [SetupTimeRow(center, old, new, Decimal(n)) for (old, new), n in pairs.items()]
    return rows
