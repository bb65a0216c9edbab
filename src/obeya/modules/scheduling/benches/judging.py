"""What best known values and proven bounds say of a row."""

from .bounds import Bound
from .process import Row


def judged(row: Row, known: Bound) -> Row:
    """What is known of the instance, how far from it the row is, and whether it can be right.

    No plan is worth less than a proven bound. If one is, the plan, the bound or the table is
    wrong, and whichever it is, the row does not count as checked.
    """
    problem, found = row.get("problem", ""), Row()
    if problem and not known.holds_for(problem):
        found["bounds"] = (
            f"not compared: the table of best known values has {known.file} as {known.problem},"
            f" and this was read as {problem}"
        )
        known = Bound()
    if known.upper is not None:
        found["ub"] = known.upper
    if known.lower is not None:
        found["lb"] = known.lower
    if "value" not in row:
        return found
    found["gap_pct"] = _gap_pct(row["value"], known.upper)
    impossible = _impossible(row["value"], row["lower_bound"], known)
    if impossible:
        found |= {"checked": False, "violation": row["violation"] or impossible}
    return found


def _impossible(value: int, bound: int, known: Bound) -> str | None:
    if value < bound:
        return f"The value {value} is below {bound}, our own proof of what no plan is below."
    if known.lower is not None and value < known.lower:
        return (
            f"The value {value} is below {known.lower:g}, which is proved of {known.file} by the"
            " table of best known values."
        )
    return None


def _gap_pct(value: int, upper: float | None) -> float | None:
    """Above the best known value, in per cent of it; None above 0, of which nothing is a part."""
    if upper is None:
        return None
    if upper == 0:
        return 0.0 if value == 0 else None
    return round(100 * (value - upper) / upper, 3)
