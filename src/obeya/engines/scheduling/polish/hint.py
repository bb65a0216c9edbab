"""The plan that there is, told to CP-SAT as a place to begin."""

from ..schedule import Schedule
from .window_model import Choice, Window


def is_planned(plan: Schedule, choice: Choice) -> bool:
    """Whether a choice is the one of a plan."""
    return bool(plan.alternative[choice.operation] == choice.way)


def hint_plan(window: Window) -> None:
    """Hint machines and times, each setup as late as its plan has it or later."""
    model, plan = window.model, window.schedule
    for choice in window.choices:
        row, taken = choice.operation, is_planned(plan, choice)
        model.add_hint(choice.is_taken, taken)
        start, end = int(plan.start[row]), int(plan.end[row])
        fitting = None
        for _, timed in sorted(choice.setups.items()):
            for literal, timing in timed:
                fits = any(first <= start <= last for first, last in timing.starts)
                if taken and fits and start - timing.lead >= plan.setup_start[row]:
                    fitting = (literal, timing.lead)
        for timed in choice.setups.values():
            for literal, _ in timed:
                model.add_hint(literal, fitting is not None and literal is fitting[0])
        if taken:
            model.add_hint(choice.moment.start, start)
            model.add_hint(choice.moment.end, end)
            if fitting:
                model.add_hint(choice.moment.begin, start - fitting[1])
