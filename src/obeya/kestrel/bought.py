"""What Kestrel buys: 74 parts, 38 raw materials, 40 packaging and consumables, 60 spares."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Supplier:
    """Lead times in calendar days; how many of a hundred deliveries are on time."""

    name: str
    lead_days: float
    sigma_days: float
    minimum: int  # order quantity, in the material's unit
    on_time_percent: int
    ppm: int
    note: str = ""


@dataclass(frozen=True)
class Bought:
    """A material that comes in."""

    code: str
    name: str
    kind: str
    unit: str
    supplier: str
    cost: float


SUPPLIERS = {
    "NORRLAND": Supplier("Norrland Coil Service", 42, 7, 10_000, 86, 150, "price index monthly"),
    "KETTERING": Supplier("Kettering Bar", 21, 4, 2_000, 91, 80, "heat certificate"),
    "BRENTA": Supplier("Brenta Fonderie", 35, 8, 1_000, 82, 2_400, "porosity seen after milling"),
    "TATRA": Supplier("Tatra Bearings", 56, 12, 5_000, 88, 20, "single source"),
    "OKABE": Supplier("Okabe Bushing", 70, 10, 20_000, 93, 15, "by sea; duty risk"),
    "LINDQVIST": Supplier("Lindqvist Springs", 28, 5, 3_000, 90, 300, "second one approved"),
    "ROTORWERK": Supplier("Rotorwerk Jena", 49, 9, 800, 87, 120, "single source"),
    "SEALTECH": Supplier("Sealtech", 28, 4, 0, 92, 190),
    "HALDEN": Supplier("Halden Screws", 10, 2, 0, 97, 150, "kanban"),
    "PACKWELL": Supplier("Packwell", 5, 1, 0, 95, 180),
    "DUNMORE": Supplier("Dunmore Coatings", 5, 1.2, 0, 84, 900, "truck Tuesday and Thursday"),
}
TENSIONERS = tuple(f"2{n}" for n in range(1, 10))
PUMPS = tuple(f"1{n}" for n in range(2, 7))
BEARINGS = ("6203-2RS", "6202-2RS", "6204-2RS")
BUSHES = ("DU-16", "DU-14", "DU-18")
PULLEYS = ("PL-70", "PL-65", "PL-60", "PL-75", "PL-80", "PL-55")
RINGS = ("DR-34", "DR-30", "DR-38", "DR-42")
BOLTS = ("M10×55", "M10×60", "M10×45", "M8×50", "M12×60", "M10×70")
SEALS = ("25×35×7", "22×35×7", "28×40×7", "20×32×7")
O_RINGS = ("40×2", "36×2", "44×2.5", "32×2")
SCREWS = ("M6×20", "M6×25", "M5×16", "M6×16")
DIAMETERS_42 = (18, 22, 25, 28, 30, 32, 36, 40, 45, 50, 55, 60)  # bar 42CrMo4 [mm]
DIAMETERS_16 = (20, 24, 26, 28, 32, 36, 40, 45, 50)  # bar 16MnCr5
DIAMETERS_SPOOL = (12, 14, 16, 18, 20)  # bar 11SMn30
DC04 = ("1.0", "1.2", "1.5", "1.8", "2.0", "2.5", "3.0")  # coil [mm]
S355 = ("2.0", "2.5", "3.0", "4.0", "5.0")
PACKAGING = ("Returnable tray 600×400", "Returnable tray 400×300", "Tray inlay for tensioners",
             "Tray inlay for pumps", "Tray inlay for shafts", "Small load carrier 4314",
             "Small load carrier 6428", "Pallet 1200×800", "Pallet lid", "Cardboard box 300×200",
             "Cardboard box 600×400, reinforced, for overseas", "Layer pad", "VCI bag 300×450",
             "VCI bag 600×900", "VCI paper roll", "Part label, customer A layout",
             "Part label, VDA 4994", "Pallet label", "Strapping band", "Stretch film", "Edge guard",
             "Desiccant bag")  # fmt: skip
CONSUMABLES = ("Assembly grease", "Cutting oil", "Cooling lubricant concentrate",
               "Hydraulic oil 46", "Slideway oil 68", "Grinding oil",
               "Alkaline washing agent", "Rust protection oil",
               "Zinc-nickel additive A", "Zinc-nickel additive B", "Passivation, clear",
               "Hydrochloric acid 32 %", "Quench oil", "Welding wire G3Si1 1.0", "Contact tips",
               "Adhesive, anaerobic", "Blasting grit", "Cleaning cloths")  # fmt: skip
SPARES = ("Spindle bearing set", "Proximity switch M12", "Hydraulic pump", "Servo drive 5 kW",
          "Coolant pump", "Chuck jaw set", "Collet", "Ball screw", "Way cover", "Turret coupling",
          "Light curtain", "Solenoid valve", "Heating element", "Thermocouple type S",
          "Robot gripper finger", "Robot cable set", "Grinding wheel A80", "Dressing diamond",
          "Gear hob, module 2", "Indexable insert CNMG")  # fmt: skip


def bought_parts() -> list[Bought]:
    """The 74 parts that go into tensioners and pumps."""
    rows = [_part(f"CA-{t}01", f"Casting tensioner arm {t}0", "BRENTA", 2.2) for t in TENSIONERS]
    rows += [_part(f"CA-{p}01", f"Casting pump housing {p}0", "BRENTA", 4.9) for p in PUMPS]
    rows += [_part(f"CA-{p}04", f"Casting pump cover {p}0", "BRENTA", 1.4) for p in PUMPS]
    rows += [_part(code, f"Ball bearing {code}", "TATRA", 0.88) for code in BEARINGS]
    rows += [_part(code, f"Bush {code}", "OKABE", 0.19) for code in BUSHES]
    rows += [
        _part(f"SP-{t}", f"Torsion spring for tensioner {t}0", "LINDQVIST", 0.74)
        for t in TENSIONERS
    ]
    rows += [_part(code, f"Pulley {code[3:]} mm", "HALDEN", 1.35) for code in PULLEYS]
    rows += [_part(code, f"Damping ring {code[3:]}", "SEALTECH", 0.28) for code in RINGS]
    rows += [_part(f"BO-{s}", f"Bolt {s} 10.9", "HALDEN", 0.11) for s in BOLTS]
    rows += [_part(f"RT-{p}", f"Rotor set for pump {p}0", "ROTORWERK", 7.6) for p in PUMPS]
    rows += [_part(f"SE-{s}", f"Shaft seal {s}", "SEALTECH", 0.41) for s in SEALS]
    rows += [_part(f"OR-{s}", f"O-ring {s}", "SEALTECH", 0.06) for s in O_RINGS]
    rows += [_part(f"SC-{s}", f"Screw {s}", "HALDEN", 0.03) for s in SCREWS]
    rows += [_part(f"CI-{n}", f"Circlip DIN 471-{n}", "HALDEN", 0.05) for n in (16, 18, 20)]
    rows += [_part(f"PI-{n}", f"Dowel pin {n}", "HALDEN", 0.07) for n in (4, 5, 6, 8)]
    return rows


def raw_materials() -> list[Bought]:
    def raw(code: str, name: str, supplier: str, cost: float) -> Bought:
        return Bought(code, name, "raw", "KGM", supplier, cost)

    rows = [raw(f"BAR42-{d}", f"Bar 42CrMo4 {d} mm", "KETTERING", 1.65) for d in DIAMETERS_42]
    rows += [raw(f"BAR16-{d}", f"Bar 16MnCr5 {d} mm", "KETTERING", 1.58) for d in DIAMETERS_16]
    rows += [raw(f"BAR11-{d}", f"Bar 11SMn30 {d} mm", "KETTERING", 1.32) for d in DIAMETERS_SPOOL]
    rows += [raw(f"DC04-{t}", f"Coil DC04 {t} mm", "NORRLAND", 0.93) for t in DC04]
    rows += [raw(f"S355-{t}", f"Coil S355 {t} mm", "NORRLAND", 0.98) for t in S355]
    return rows


def packaging_and_consumables() -> list[Bought]:
    rows = [
        Bought(f"PK-{n:02}", name, "packaging", "H87", "PACKWELL", 0.02 if "label" in name else 1.6)
        for n, name in enumerate(PACKAGING, 1)
    ]
    return rows + [
        Bought(f"CO-{n:02}", name, "consumable", "KGM", "PACKWELL", 4.8)
        for n, name in enumerate(CONSUMABLES, 1)
    ]


def spares() -> list[Bought]:
    """Spares and tools; 60 of the 260 that the plant keeps, worth most of the money."""
    return [
        Bought(f"SPA-{3 * n + size + 1:03}", f"{name}, size {'ABC'[size]}", "spare", "H87",
               "HALDEN", 40.0 + 35 * (n % 7) * (size + 1))
        for n, name in enumerate(SPARES)
        for size in range(3)
    ]  # fmt: skip


def _part(code: str, name: str, supplier: str, cost: float) -> Bought:
    return Bought(code, name, "purchased", "H87", supplier, cost)
