"""The tables of the log."""

from obeya.plant.log.models.account import Account
from obeya.plant.log.models.delivery import Delivery
from obeya.plant.log.models.demo_clock import DemoClock
from obeya.plant.log.models.event import ChangeRow, EventSeal, GuardOverride, OperationsEvent
from obeya.plant.log.models.key import ActionKey
from obeya.plant.log.models.run import Run, Timetable
from obeya.plant.log.models.signal import Signal

__all__ = [
    "Account",
    "ActionKey",
    "ChangeRow",
    "Delivery",
    "DemoClock",
    "EventSeal",
    "GuardOverride",
    "OperationsEvent",
    "Run",
    "Signal",
    "Timetable",
]
