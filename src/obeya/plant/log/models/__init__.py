"""The tables of the log."""

from obeya.plant.log.models.account import Account
from obeya.plant.log.models.attachment import Attachment
from obeya.plant.log.models.comment import Comment
from obeya.plant.log.models.custom_field import CustomField
from obeya.plant.log.models.delivery import Delivery
from obeya.plant.log.models.demo_clock import DemoClock
from obeya.plant.log.models.event import ChangeRow, EventSeal, GuardOverride, OperationsEvent
from obeya.plant.log.models.key import ActionKey
from obeya.plant.log.models.login_failure import LoginFailure
from obeya.plant.log.models.number_series import NumberSeries
from obeya.plant.log.models.role import Role, RoleAssignment, RolePermission
from obeya.plant.log.models.run import Run, Timetable
from obeya.plant.log.models.search_entry import SearchEntry
from obeya.plant.log.models.token import ApiToken

__all__ = [
    "Account",
    "ActionKey",
    "ApiToken",
    "Attachment",
    "ChangeRow",
    "Comment",
    "CustomField",
    "Delivery",
    "DemoClock",
    "EventSeal",
    "GuardOverride",
    "LoginFailure",
    "NumberSeries",
    "OperationsEvent",
    "Role",
    "RoleAssignment",
    "RolePermission",
    "Run",
    "SearchEntry",
    "Timetable",
]
