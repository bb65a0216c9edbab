"""How long a line takes from one board to another: feeders to change, and the oven's profile."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from obeya.kestrel.rows import Row
from obeya.merlin.boards import Board, boards
from obeya.merlin.parts import Placed, bought

BASE_MIN, A_FEEDER_MIN, LONGEST_MIN = 12.0, 0.9, 60.0
PROFILE_MIN, PROFILE_DEGREES = 15.0, 10
SAME_MIN = 4.0  # paste and first panel of another lot of the same board and side


def feeders_of(board: Board, placed: Mapping[str, Placed]) -> dict[str, frozenset[str]]:
    """Parts on the feeders of each of its sides, half of them on each."""
    on_feeder = {each.code for each in bought() if each.is_on_feeder}
    codes = sorted(on_feeder & placed[board.code].keys())
    families = board.families()
    if len(families) == 1:
        return {families[0]: frozenset(codes)}
    return {families[0]: frozenset(codes[::2]), families[1]: frozenset(codes[1::2])}


def minutes(old: frozenset[str], new: frozenset[str], degrees: int) -> float:
    """From the feeders of one family to those of another [min].

    What both have stays on the trolleys, the rest is changed one by one. Meanwhile an oven settles
    whose peak moves by ten degrees or more: it begins when the last panel has left it.
    """
    feeders = BASE_MIN + A_FEEDER_MIN * len(new - old)
    profile = BASE_MIN + PROFILE_MIN if abs(degrees) >= PROFILE_DEGREES else 0.0
    return min(LONGEST_MIN, max(feeders, profile))


def setup_times(placed: Mapping[str, Placed]) -> Iterator[Row]:
    """Rows of the sheet Setup: the overlap matrix of all boards, the same on both lines."""
    sides = [
        (family, feeders, board.peak)
        for board in boards()
        for family, feeders in feeders_of(board, placed).items()
    ]
    yield _row("", "", LONGEST_MIN, ("SMT",))
    for old, before, peak in sides:
        for new, after, next_peak in sides:
            same = old == new
            yield _row(old, new, SAME_MIN if same else minutes(before, after, next_peak - peak))


def _row(old: str, new: str, least: float, equipment: tuple[str, ...] = ()) -> Row:
    return {"matrix": "SMT FEEDERS", "from_family": old, "to_family": new,
            "setup_min": Decimal(str(round(least, 1))), "equipment": equipment}  # fmt: skip
