"""What a row of each sheet of this room says: materials, what they are made of, and how.

See `organisation.rows` for how rows are read. Times carry their unit in their name: setups and
waits in minutes, run times in seconds per base unit of the material, lead times in days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

MaterialKind = Literal[
    "finished", "semifinished", "raw", "purchased", "consumable", "spare", "packaging"
]
Policy = Literal["make", "buy", "transfer", "subcontract"]
LotRule = Literal["lot_for_lot", "fixed", "period", "reorder_point"]


@dataclass(frozen=True)
class MaterialRow:
    """A material and how this site gets and keeps it."""

    SHEET: ClassVar[str] = "Materials"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "part number; unique in the enterprise"]
    name: Annotated[str, "empty: its code"] = ""
    kind: Annotated[MaterialKind, "finished, semifinished, raw, purchased …"] = "finished"
    unit: Annotated[str, "code of the base unit in which stock and BOM count"] = "H87"
    revision: Annotated[str, "revision made and planned by default; empty: A"] = ""
    is_lot_tracked: Annotated[bool, "stock is kept by lot"] = False
    policy: Annotated[Policy | None, "how we get it; empty: made, or bought if bought in"] = None
    safety_stock: Annotated[Decimal, "kept in reserve [base unit]"] = Decimal(0)
    lead_time_days: Annotated[Decimal, "from order to receipt [calendar days]"] = Decimal(0)
    lot_rule: Annotated[LotRule, "how need becomes orders"] = "lot_for_lot"
    lot_minimum: Annotated[Decimal, "smallest order [base unit]"] = Decimal(0)
    lot_multiple: Annotated[Decimal, "orders are multiples of it [base unit]; 0: any"] = Decimal(0)
    standard_cost: Annotated[Decimal, "per base unit [currency of the site]"] = Decimal(0)
    storage: Annotated[str, "code of the storage where it usually lies"] = ""
    supplier: Annotated[str, "code of the party that usually delivers it"] = ""
    translations: Annotated[Mapping[str, str], "name by language"] = field(default_factory=dict)
    extra: Annotated[Mapping[str, object], "custom fields"] = field(default_factory=dict)


@dataclass(frozen=True)
class BomRow:
    """One component of a material, or with ``is_by_product`` something that falls out of it."""

    SHEET: ClassVar[str] = "BOM"
    KEY: ClassVar[tuple[str, ...]] = (
        "material",
        "revision",
        "component",
        "operation",
        "alternate_group",
        "is_by_product",
        "valid_from",
    )

    material: Annotated[str, "code of what is made"]
    component: Annotated[str, "code of what goes in (or falls out)"]
    quantity_per: Annotated[Decimal, "component [its base unit] for per_quantity of the material"]
    per_quantity: Annotated[Decimal, "of the material [its base unit]; 24 for one tray per 24"] = (
        Decimal(1)
    )
    operation: Annotated[int | None, "number of the operation that uses it; empty: the first"] = (
        None
    )
    revision: Annotated[str, "revision of the material; empty: its default"] = ""
    scrap_percent: Annotated[Decimal, "lost of the component in use [%], below 100"] = Decimal(0)
    alternate_group: Annotated[str, "lines of one group replace each other"] = ""
    priority: Annotated[int, "within the group, lowest first"] = 1
    valid_from: Annotated[date | None, "first day of effect"] = None
    valid_to: Annotated[date | None, "last day of effect"] = None
    is_by_product: Annotated[bool, "falls out instead of going in"] = False


@dataclass(frozen=True)
class OperationRow:
    """One step in the making of a material: on what, how long, with whom."""

    SHEET: ClassVar[str] = "Operations"
    KEY: ClassVar[tuple[str, ...]] = ("material", "revision", "number")
    ASSUMED: ClassVar[Mapping[str, str]] = {  # what a file may leave open, and its mark
        "setup_min": "is_setup_assumed",
        "crew_size": "is_crew_assumed",
    }

    material: Annotated[str, "code of what is made"]
    number: Annotated[int, "10, 20, 30 …: the order of work unless predecessors are given"]
    name: Annotated[str, "what is done: turn, harden; empty: the number"] = ""
    equipment: Annotated[str, "code of a machine, or of a work center: any machine in it"] = ""
    equipment_class: Annotated[str, "instead: any machine of this class"] = ""
    subcontractor: Annotated[str, "instead: code of the supplier who does it outside"] = ""
    setup_min: Annotated[Decimal, "setup of an order [minutes], where no matrix says more"] = (
        Decimal(0)
    )
    run_s: Annotated[Decimal, "run [seconds per base unit]"] = Decimal(0)
    fixed_run_min: Annotated[Decimal, "run of an order or batch, whatever its size [min]"] = (
        Decimal(0)
    )
    setup_family: Annotated[str, "family in the setup matrix"] = ""
    skill: Annotated[str, "code of the skill that the crew needs"] = ""
    skill_level: Annotated[int, "least level of skill, 1 to 4"] = 3
    crew_size: Annotated[int, "people bound while it runs; 0: unattended"] = 1
    tool: Annotated[str, "code of the tool that it needs"] = ""
    is_batch: Annotated[bool, "orders of one batch family run together, as in a furnace"] = False
    batch_family: Annotated[str, "what may share a batch (recipe)"] = ""
    transfer_quantity: Annotated[Decimal | None, "handed on before the order is done"] = None
    queue_min: Annotated[Decimal, "waiting before it [minutes]"] = Decimal(0)
    move_min: Annotated[Decimal, "to the next operation [minutes]"] = Decimal(0)
    maximum_wait_min: Annotated[Decimal | None, "the next must start within [minutes]"] = None
    is_resumable: Annotated[bool, "may pause at the end of a shift and go on"] = True
    subcontract_days: Annotated[Decimal | None, "time outside [calendar days]"] = None
    predecessors: Annotated[tuple[str, ...], "numbers of operations before it; empty: a chain"] = ()
    revision: Annotated[str, "revision of the material; empty: its default"] = ""
    is_setup_assumed: Annotated[bool, "nobody has said the setup: setup_min is assumed"] = False
    is_crew_assumed: Annotated[bool, "nobody has said the crew: crew_size is assumed"] = False


@dataclass(frozen=True)
class AlternateRow:
    """Another machine for an operation, its own times on a machine, or a machine forbidden."""

    SHEET: ClassVar[str] = "Alternates"
    KEY: ClassVar[tuple[str, ...]] = ("material", "revision", "operation", "equipment")

    material: Annotated[str, "code of what is made"]
    operation: Annotated[int, "number of the operation"]
    equipment: Annotated[str, "code of the machine"]
    preference: Annotated[int, "lowest is taken first among equals"] = 1
    setup_min: Annotated[Decimal | None, "its own setup [minutes]; empty: the operation's"] = None
    run_s: Annotated[Decimal | None, "its own run [s per base unit]; empty: the operation's"] = None
    is_forbidden: Annotated[bool, "this machine must not do it"] = False
    revision: Annotated[str, "revision of the material; empty: its default"] = ""


@dataclass(frozen=True)
class SetupTimeRow:
    """Changing a machine from one setup family to another."""

    SHEET: ClassVar[str] = "Setup"
    KEY: ClassVar[tuple[str, ...]] = ("matrix", "from_family", "to_family")

    matrix: Annotated[str, "code of the setup matrix; made if new"]
    from_family: Annotated[str, "family set up before; empty: any"] = ""
    to_family: Annotated[str, "family to set up; empty: any (both empty: the default)"] = ""
    setup_min: Annotated[Decimal, "change-over [minutes]"] = Decimal(0)
    equipment: Annotated[
        tuple[str, ...], "machines, or work centers with all theirs, under this matrix"
    ] = ()


@dataclass(frozen=True)
class ToolRow:
    """A die, fixture or gauge that operations share."""

    SHEET: ClassVar[str] = "Tools"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "unique in the site"]
    name: Annotated[str, "empty: its code"] = ""
    quantity: Annotated[int, "how many of it there are"] = 1
