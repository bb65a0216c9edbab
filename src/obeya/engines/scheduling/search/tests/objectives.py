"""Objectives with every term, for plants by chance."""

from obeya.engines.scheduling import Problem, Schedule
from obeya.engines.scheduling.objective import Energy, Objective, Overtime, Term, tier

DAY = 86_400


def with_all_terms(problem: Problem, reference: Schedule) -> Objective:
    """All terms in one tier, with a tariff that changes at noon and costly Saturdays and nights."""
    machines, days = len(problem.machines), range(problem.horizon // DAY)
    prices = [(day * DAY + hour * 3600, p) for day in days for hour, p in ((0, 0.1), (12, 0.3))]
    nights = [(day * DAY + 20 * 3600, day * DAY + 26 * 3600) for day in days]
    return Objective(
        (tier(**{term.value: 1.0 + 0.1 * i for i, term in enumerate(Term)}),),
        reference=reference,
        energy=Energy(tuple(5.0 + m for m in range(machines)), tuple(prices)),
        overtime=Overtime(tuple(nights), tuple(20.0 + m for m in range(machines))),
        setup_cost_per_hour=tuple(30.0 + m for m in range(machines)),
    )
