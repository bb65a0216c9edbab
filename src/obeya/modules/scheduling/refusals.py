"""How scheduling says no."""

from typing import TYPE_CHECKING

from obeya.plant.log.refusal import Refusal, Stale

if TYPE_CHECKING:
    from datetime import datetime

    from obeya.modules.scheduling.bridge.steps import Step
    from obeya.plant.resources.models import Material


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


class PlanBreaksRule(Refusal):
    """The independent checker found that the plan cannot be done as it stands."""


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


class NoPlanYet(Refusal):
    """There is neither a draft nor a plan in force, so nobody knows when a machine is free."""


class UnknownMaterial(Refusal):
    """No such material, or it is no longer used."""


class NoSuchQuantity(Refusal):
    """Nothing, less than nothing, more than any plant makes, or a part of what is counted whole."""


class NoRouting(Refusal):
    """Something is to be made here, and nobody has said how."""

    @classmethod
    def of(cls, material: "Material", *, has_revision: bool) -> "NoRouting":
        lacks = "operations at this site" if has_revision else "a revision in force"
        return cls(
            f"{material.code} would have to be made here, and it has not {lacks}. Enter them on"
            " its page, or say there that it is bought."
        )

    @classmethod
    def in_a_circle(cls, step: "Step") -> "NoRouting":
        return cls(
            f"Operation {step.label} waits for itself: its predecessors run in a circle. Take one"
            " of them out on the page of its material."
        )


class CrewIsShared(Refusal):
    """Those who can do it share a group with others, and the plan does not say who is free."""

    @classmethod
    def by(cls, step: "Step") -> "CrewIsShared":
        return cls(
            f"Operation {step.label} needs skill {step.how.skill} at level {step.how.skill_level}."
            " Those who have it work in one group with others who have not, and the plan does not"
            " tell them apart, because nothing in it asks for that skill yet. Enter the order and"
            " plan again: then the group is planned apart."
        )


class BeyondHorizon(Refusal):
    """It cannot be done before the plan ends."""

    @classmethod
    def work(cls, step: "Step", ends: "datetime") -> "BeyondHorizon":
        return cls(
            f"Operation {step.label} alone takes longer than the plan reaches ({_day(ends)})."
            " Ask for less, or check its run time."
        )

    @classmethod
    def material(cls, material: "Material", comes: "datetime", ends: "datetime") -> "BeyondHorizon":
        return cls(
            f"{material.code} comes on {_day(comes)}, and the plan reaches to {_day(ends)}."
            " Find a quicker supply, or shorten its lead time on its page."
        )

    @classmethod
    def capacity(cls, what: str, ends: "datetime") -> "BeyondHorizon":
        return cls(
            f"There is no room for it before the plan ends on {_day(ends)}: {what} Ask for less,"
            " or add shifts."
        )


def _day(at: "datetime") -> str:
    return f"{at:%Y-%m-%d}"
