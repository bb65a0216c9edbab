"""JSON of an online printing shop, read into its model."""

import json
from itertools import pairwise
from typing import Any

from ..circle import arc_of_circle
from ..printing.shop import LONGEST, PrintMachine, PrintOperation, PrintShop, Span


def read_print_shop(text: str) -> PrintShop:
    """Read ``resources`` (setups by attribute, availability) and ``jobs`` (topologies).

    ``availability`` lists starts and ends in turn; ``overlap`` is a share of the work; a
    ``starting`` of -1 leaves the start free. Ids count from 1.

    Raises
    ------
    ValueError
        If a part is missing, is no number of the kind that is expected, or refers to what is not
        there; if operations wait for each other in a circle; or if the shop may run too long.
    """
    tables = json.loads(text)
    if not isinstance(tables, dict) or not tables.get("resources") or not tables.get("jobs"):
        raise ValueError("Expected JSON with resources and jobs of a printing shop.")
    resources, jobs = _list(tables, "resources", "The text"), _list(tables, "jobs", "The text")
    machine = _rows_of("resources", [_whole(each, "id", "A resource", None) for each in resources])
    rows = [
        (_whole(job, "id", "A job", None), each)
        for job in jobs
        for each in _list(job, "topology", "A job")
    ]
    if not rows:
        raise ValueError("The jobs have no operations. Expected one or more.")
    index = _rows_of("operations", [_whole(each, "id", "An operation", None) for _, each in rows])
    try:
        operations = tuple(_operation(job, each, machine, index) for job, each in rows)
    except KeyError as unknown:
        raise ValueError(f"An operation names {unknown}, which is not there.") from None
    _refuse_circle(list(index), operations)
    shop = PrintShop(tuple(_machine(each) for each in resources), operations)
    if shop.horizon > LONGEST:
        raise ValueError(
            f"One operation after the other may take {shop.horizon} units of time, twice what all"
            f" times, setups and breaks add up to. Expected {LONGEST} or fewer."
        )
    return shop


def _machine(table: dict[str, Any]) -> PrintMachine:
    where = f"Resource {table['id']}"
    ends = _whole_ones(table, "availability", where)
    if len(ends) < 2 or len(ends) % 2:
        raise ValueError(
            f"{where} has {len(ends)} moments of availability. Expected starts and ends in turn."
        )
    available = tuple(zip(ends[::2], ends[1::2], strict=True))
    _refuse_unsorted(where, available)
    setups = _whole_ones(table, "setup_size", where)
    if len(setups) != 2:
        raise ValueError(f"{where} has {len(setups)} setups of size. Expected 2.")
    return PrintMachine(
        smaller=setups[0],
        larger=setups[1],
        colour=_whole(table, "setup_color", where),
        varnish=_whole(table, "setup_varnish", where),
        available=available,
    )


def _refuse_unsorted(where: str, spans: tuple[Span, ...]) -> None:
    wrong = [span for span in spans if span[0] >= span[1]]
    wrong += [behind for ahead, behind in pairwise(spans) if ahead[1] > behind[0]]
    if wrong:
        begin, end = wrong[0]
        raise ValueError(
            f"{where} is available from {begin} to {end}. Expected each span to end after it"
            " starts, and before the next one."
        )


def _operation(
    job: int, table: dict[str, Any], machine: dict[int, int], index: dict[int, int]
) -> PrintOperation:
    where = f"Operation {table['id']}"
    names, times = _whole_ones(table, "resources", where), _whole_ones(table, "time", where)
    if not names or len(names) != len(times) or len(set(names)) < len(names):
        raise ValueError(
            f"{where} has {len(names)} resources and {len(times)} times. Expected one resource or"
            " more, none of them twice, and a time for each."
        )
    overlap: Any = table.get("overlap")
    is_number = isinstance(overlap, int | float) and not isinstance(overlap, bool)
    if not is_number or not 0 <= overlap <= 1:
        raise ValueError(f"{where}: overlap is {overlap}. Expected a share from 0 to 1.")
    size, colour, varnish = (
        _whole(table, name, where, None) for name in ("size", "color", "varnish")
    )
    successors = _whole_ones(table, "sucessors", where) if "sucessors" in table else []
    return PrintOperation(
        job=job,
        ways=tuple(zip((machine[name] for name in names), times, strict=True)),
        overlap=round(1000 * overlap),
        release=_whole(table, "release", where),
        fixed_start=_whole(table, "starting", where, -1),
        attributes=(size, colour, varnish),
        successors=tuple(index[name] for name in successors),
    )


def _refuse_circle(ids: list[int], operations: tuple[PrintOperation, ...]) -> None:
    arcs = ((row, after) for row, each in enumerate(operations) for after in each.successors)
    arc = arc_of_circle(len(operations), arcs)
    if arc is not None:
        raise ValueError(
            "The successors go round in a circle. Take out one of them, such as that of operation"
            f" {ids[arc[0]]} to {ids[arc[1]]}."
        )


def _rows_of(what: str, ids: list[int]) -> dict[int, int]:
    """The row of each id."""
    index = {each: row for row, each in enumerate(ids)}
    if len(index) < len(ids):
        twice = next(each for row, each in enumerate(ids) if index[each] != row)
        raise ValueError(f"Two {what} have the same id {twice}.")
    return index


def _list(table: Any, name: str, where: str) -> list[Any]:
    if not isinstance(table, dict) or not isinstance(table.get(name), list):
        raise ValueError(f"{where} has no list of {name}.")
    return list(table[name])


def _whole_ones(table: Any, name: str, where: str) -> list[int]:
    return [_checked(each, name, where, 0) for each in _list(table, name, where)]


def _whole(table: Any, name: str, where: str, least: int | None = 0) -> int:
    if not isinstance(table, dict) or name not in table:
        raise ValueError(f"{where} has no {name}.")
    return _checked(table[name], name, where, least)


def _checked(value: Any, name: str, where: str, least: int | None) -> int:
    """A whole number, at least so large if there is a limit."""
    if type(value) is not int or (least is not None and value < least):
        limit = "" if least is None else f", {least} or more"
        raise ValueError(f"{where}: {name} is {value!r}. Expected a whole number{limit}.")
    return value
