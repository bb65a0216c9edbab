"""Issues, what is done about them, and why they came about."""

from obeya.plant.issues.models.action_item import ActionItem
from obeya.plant.issues.models.cause_node import CauseNode
from obeya.plant.issues.models.issue import Issue

__all__ = ["ActionItem", "CauseNode", "Issue"]
