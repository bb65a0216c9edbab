"""What a line of a call-off is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from obeya.engines.calloffs.neutral import Slot
from obeya.modules.calloffs.bridge import KeptLine
from obeya.modules.calloffs.models import ScheduleAgreement

Agreements = Sequence[ScheduleAgreement]


@dataclass(frozen=True)
class Meant:
    line: KeptLine
    agreement: ScheduleAgreement | None = None  # None: it has none yet
    #: it may be for one of these, and nothing says for which
    rivals: Agreements = ()
    #: the dock that the schedule of the agreement names, “” for none; None: no schedule yet
    schedule_dock: str | None = None
    #: of a just-in-time call: what it wants at each dock; its line has no slots that count
    calls: Mapping[str, tuple[Slot, ...]] | None = None
    #: docks whose calls a schedule of their own has replaced
    gone: frozenset[str] = frozenset()


def has_docks_of_its_own(agreement: ScheduleAgreement) -> bool:
    """Its schedule names the dock; others there are for other docks."""
    return bool(agreement.dock and agreement.schedule_dock)
