"""How scheduling says no."""

from typing import TYPE_CHECKING

from obeya.plant.log.refusal import Refusal, Stale

if TYPE_CHECKING:
    from obeya.modules.scheduling.bridge.steps import Step


class NobodyCanDo(Refusal):
    """An operation has no machine or no crew."""

    @classmethod
    def machine(cls, step: "Step") -> "NobodyCanDo":
        return cls(
            f"Operation {step.label} ({step.order.material.code} {step.number}) has no machine that"
            " is in use. Name equipment or a class with members for it, or an alternate."
        )

    @classmethod
    def crew(cls, step: "Step") -> "NobodyCanDo":
        people = "person" if step.how.crew_size == 1 else "people"
        return cls(
            f"Operation {step.label} needs {step.how.crew_size} {people} with skill"
            f" {step.how.skill} at level {step.how.skill_level} or above, and never so many are"
            " there together. Train somebody, lower the level, or change the calendar."
        )


class NothingToPlan(Refusal):
    """No open operation: there is nothing to put on machines."""


class DraftMoved(Stale):
    """Somebody changed the draft since this board was drawn."""


class DraftClosed(Refusal):
    """The draft was published or replaced."""


class MoveRefused(Refusal):
    """The drop cannot stand, not even with neighbours pushed aside."""


class NothingToUndo(Refusal):
    """The draft holds no command that could be taken back (or brought again)."""


class CannotBePlanned(Refusal):
    """Some operation fits nowhere."""


class PlanIsSought(Refusal):
    """A plan of the site was asked for before, and its run has not ended."""

    http_status = 409


class NothingToStop(Refusal):
    """No run plans the site."""

    http_status = 409


class PlanOvertaken(Refusal):
    """Another plan was published while this one was computed."""


class UnknownGoal(Refusal):
    """No such goal or effort."""


class NothingToStayCloseTo(Refusal):
    """The smallest change is asked for, and no plan is in force."""


class NothingToImprove(Refusal):
    """There is no open draft."""
