"""No plan leaves the room that breaks a rule: the independent checker looks at it first."""

from weakref import WeakKeyDictionary

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obeya.engines.scheduling import Problem, Schedule, Violation, check
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.drafting import Drawn
from obeya.modules.scheduling.refusals import PlanBreaksRule

_RULES = {
    "complete": gettext_lazy("operations are missing"),
    "eligible_machine": gettext_lazy("it is on a machine that cannot do it"),
    "working_time": gettext_lazy("it works off shift, or not for its whole time"),
    "not_resumable": gettext_lazy("it stops for a break though it cannot"),
    "one_at_a_time": gettext_lazy("a machine does two things at the same time"),
    "setup": gettext_lazy("the setup before it is too short"),
    "batch": gettext_lazy("what is in one batch does not go together, or does not fit"),
    "maintenance": gettext_lazy("it is in the way of maintenance"),
    "precedence": gettext_lazy("one starts before the other, which it waits for, is done"),
    "overlap": gettext_lazy("one runs ahead of the other, with which it overlaps"),
    "maximum_wait": gettext_lazy("one waits for longer after the other than it may"),
    "release": gettext_lazy("it starts before its material is there"),
    "crew": gettext_lazy("more people are needed than are there"),
    "setter": gettext_lazy("more setters are needed than are there"),
    "tool": gettext_lazy("more of a tool is needed than there is"),
    "fixed": gettext_lazy("it has begun or is frozen, and was moved"),
    "now": gettext_lazy("it starts in the past"),
    "horizon": gettext_lazy("it ends after the plan does"),
}
_MOST_NAMED = 3

_verified: WeakKeyDictionary[Schedule, Problem] = WeakKeyDictionary()


def verified(drawn: Drawn) -> Drawn:
    """The same draft, every rule of it checked; again at no cost, as long as it stays as it is.

    Takes a tenth of a second for each thousand operations: whoever publishes asks before the
    transaction.

    Raises
    ------
    PlanBreaksRule
        Names the operations and the rule.
    """
    problem, schedule = drawn.plant.problem, drawn.schedule
    if _verified.get(schedule) is not problem:
        if found := of_the_plan(problem, check(problem, schedule)):
            raise PlanBreaksRule(
                _("%(broken)s So it is not published, and nothing was changed.")
                % {"broken": broken_rules(drawn.plant, found)}
                + " "
                + _("Plan again, or move what is named; and please report this.")
            )
        _verified[schedule] = problem
    return drawn


def of_the_plan(problem: Problem, found: list[Violation]) -> list[Violation]:
    """Without those that something begun or frozen has a part in.

    Where the floor itself contradicts a rule (two jobs run on one machine) what comes after cannot
    keep it. To hold such a plan back would leave one in force that is further from the floor.
    """
    return [each for each in found if not any(problem.fixed[i] for i in each.operations)]


def broken_rules(plant: PlantProblem, found: list[Violation]) -> str:
    """The first of the rules that a plan breaks, with the operations, and how many more there are.

    "The plan breaks a rule: CHAIR/10: it starts before its material is there."
    """
    first = found[0]
    names = [plant.step(i).label for i in first.operations[:_MOST_NAMED]]
    if len(first.operations) > _MOST_NAMED:
        names.append(_("%s more") % (len(first.operations) - _MOST_NAMED))
    rule = _RULES.get(first.rule, first.rule)
    said = {"what": ", ".join(names) or first.message, "rule": rule, "more": len(found) - 1}
    if len(found) == 1:
        return _("The plan breaks a rule: %(what)s: %(rule)s.") % said
    return _("The plan breaks a rule: %(what)s: %(rule)s (and %(more)s more).") % said
