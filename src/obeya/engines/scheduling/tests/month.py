"""The small plants of these tests are worked out by hand for thirty days."""

from obeya.engines.scheduling import ProblemBuilder

HOUR = 3600
DAY = 24 * HOUR


def a_month():
    return ProblemBuilder(now=0, horizon=30 * DAY)


def always(plan):
    return plan.calendar([(0, 30 * DAY)])


def days(plan):
    """Open from six to two in the afternoon."""
    return plan.calendar([(d * DAY + 6 * HOUR, d * DAY + 14 * HOUR) for d in range(30)])
