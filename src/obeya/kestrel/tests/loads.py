"""Load and OEE of each work center from the rows of the sheets: an account by hand."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from obeya.kestrel import Plant
from obeya.kestrel.making import all_parts, line_lot
from obeya.kestrel.work_centers import NET_HOURS, WORK_CENTERS

LOTS_IN_A_BATCH = 2


@dataclass
class Work:
    """What a week asks of a work center [h]."""

    ideal_h: float = 0.0  # good pieces at standard, or batches
    setup_h: float = 0.0


def pieces_a_week(plant: Plant, weeks: int) -> Mapping[str, float]:
    """Of everything that is made, level by level, for the order lines alone."""
    parts_of = defaultdict(list)
    for row in plant.sheets["BOM"]:
        parts_of[row["material"]].append(row)
    pieces: dict[str, float] = defaultdict(float)

    def need(code: str, quantity: float) -> None:
        pieces[code] += quantity
        for line in parts_of[code]:
            used = quantity * float(line["quantity_per"]) / float(line["per_quantity"])
            need(line["component"], used / (1 - float(line["scrap_percent"]) / 100))

    for row in plant.sheets["Demand"]:
        if row["kind"] != "forecast":
            need(row["material"], float(row["quantity"]) / weeks)
    return pieces


def work_a_week(plant: Plant, weeks: int) -> Mapping[str, Work]:
    centers = center_of_place(plant)
    setup_min = {center.code: center.setup_min for center in WORK_CENTERS}
    lot = {part.code: line_lot(part) for part in all_parts()}
    pieces = pieces_a_week(plant, weeks)
    work: dict[str, Work] = defaultdict(Work)
    for row in plant.sheets["Operations"]:
        code = row["material"]
        if "subcontractor" in row or not pieces.get(code):
            continue
        center = centers[row.get("equipment") or row["equipment_class"]]
        starts = pieces[code] / lot[code] / (LOTS_IN_A_BATCH if row["is_batch"] else 1)
        run_h = pieces[code] * float(row["run_s"]) / 3600
        work[center].ideal_h += run_h + starts * float(row["fixed_run_min"]) / 60
        work[center].setup_h += starts * setup_min[center] / 60
    return work


def center_of_place(plant: Plant) -> Mapping[str, str]:
    """Work center of each code or class that an operation may name."""
    rows = plant.sheets["Equipment"]
    found = {row["code"]: row["code"] for row in rows if row.get("level") == "work_center"}
    for row in rows:
        found |= dict.fromkeys(row.get("classes", ()), row.get("parent"))
    return found


def load_and_oee(plant: Plant, weeks: int) -> Mapping[str, tuple[float, float]]:
    """Percent of net hours that the demand takes with all losses, and ideal over taken hours.

    Taken hours T hold breakdowns, tool changes and waits (shares of T), setups, and running that
    is slower and makes scrap: T = T (b + t + w) + setups + ideal / ((1 - slow) (1 - scrap)).
    """
    machines = Counter(row["parent"] for row in plant.sheets["Equipment"] if "classes" in row)
    found = {}
    for center in WORK_CENTERS:
        work = work_a_week(plant, weeks)[center.code]
        down = center.mttr_h / (center.mtbf_h + center.mttr_h)
        lost = down + (center.tool_percent + center.wait_percent) / 100
        good = (1 - center.speed_percent / 100) * (1 - center.scrap_percent / 100)
        taken = (work.ideal_h / good + work.setup_h) / (1 - lost)
        found[center.code] = (
            100 * taken / (NET_HOURS[center.calendar] * machines[center.code]),
            100 * work.ideal_h / taken,
        )
    return found
