"""Call-offs: reading them, setting two beside each other, explaining cumulative quantities."""

from obeya.engines.calloffs.faults import EdiRefused, Fault
from obeya.engines.calloffs.neutral import CallOff, Line, Slot, Zone
from obeya.engines.calloffs.read import read_call_offs

__all__ = ["CallOff", "EdiRefused", "Fault", "Line", "Slot", "Zone", "read_call_offs"]
