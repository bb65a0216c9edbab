"""What the floor tells through the REST door: rows by code, no objects."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

At = Annotated[datetime | None, "when it happened; now where it is left out"]


@dataclass(frozen=True)
class JobStartRow:
    """A job begins, or goes on after an interruption."""

    KEY = ("job",)

    job: str
    at: At = None
    person: Annotated[str, "code of whoever works on it"] = ""


@dataclass(frozen=True)
class QuantityRow:
    """Good and spoiled pieces since the last report, in the material's base unit."""

    KEY = ("job",)

    job: str
    good: Decimal = Decimal(0)
    scrap: Decimal = Decimal(0)
    at: At = None
    reason: Annotated[str, "code of a scrap reason"] = ""
    is_sure: Annotated[bool, "of a quantity far beyond the job's"] = False


@dataclass(frozen=True)
class JobInterruptionRow:
    """A job stops before it is done."""

    KEY = ("job",)

    job: str
    at: At = None
    reason: Annotated[str, "code of a reason of stops"] = ""


@dataclass(frozen=True)
class JobCompletionRow:
    """A job is finished, whatever it has made."""

    KEY = ("job",)

    job: str
    at: At = None


@dataclass(frozen=True)
class DowntimeRow:
    """A machine cannot run; what runs there is interrupted."""

    KEY = ("equipment",)

    equipment: str
    at: At = None
    reason: Annotated[str, "code of a reason of stops"] = ""


@dataclass(frozen=True)
class DowntimeEndRow:
    """A machine that was down can run again."""

    KEY = ("equipment",)

    equipment: str
    at: At = None
