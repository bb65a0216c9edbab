"""What people and other systems say about the shadow."""

from dataclasses import dataclass
from datetime import time
from typing import Annotated, ClassVar, Literal

Owner = Literal["erp", "obeya"]
Decision = Literal["theirs", "ours", "give"]


@dataclass(frozen=True)
class ShadowSourceRow:
    """A list that the ERP writes every night."""

    KEY: ClassVar[tuple[str, ...]] = ("name",)

    name: Annotated[str, "of the list and its folder: small letters, digits, dashes"]
    profile: Annotated[str, "by which its files are read: ours, or one that was saved"]
    at: Annotated[time, "when its file is looked for, by the wall clock of the site"] = time(4)
    least_percent: Annotated[int, "a file with fewer of the last one's rows is not taken"] = 50
    is_on: Annotated[bool, "whether it is looked for"] = True


@dataclass(frozen=True)
class FieldOwnerRow:
    """Whose field it is: the ERP's value is taken over, ours is only compared."""

    KEY: ClassVar[tuple[str, ...]] = ("source", "sheet", "field")

    source: Annotated[str, "name of the list"]
    sheet: Annotated[str, "sheet of ours: Materials"]
    field: Annotated[str, "column of it: safety_stock"]
    owner: Annotated[Owner, "erp or obeya"]


@dataclass(frozen=True)
class ShadowFileRow:
    """A file as the ERP wrote it."""

    KEY: ClassVar[tuple[str, ...]] = ("source",)

    source: Annotated[str, "name of the list"]
    name: Annotated[str, "of the file, with its ending: .xlsx, .csv"]
    content_base64: Annotated[str, "its bytes, in base64"]


@dataclass(frozen=True)
class DecisionRow:
    """What counts where the two differ."""

    KEY: ClassVar[tuple[str, ...]] = ("difference",)

    difference: Annotated[int, "its number, as the list of differences says"]
    decision: Annotated[Decision, "take theirs, keep ours, or give the field to the ERP"]
