"""JSON of an online printing shop, read into its model."""

import json
from typing import Any

from ..printing.shop import PrintMachine, PrintOperation, PrintShop


def read_print_shop(text: str) -> PrintShop:
    """Read ``resources`` (setups by attribute, availability) and ``jobs`` (topologies).

    ``availability`` lists starts and ends in turn; ``overlap`` is a share of the work; a
    ``starting`` of -1 leaves the start free. Ids count from 1.

    Raises
    ------
    ValueError
        If a part is missing or refers to what is not there.
    """
    tables = json.loads(text)
    if not isinstance(tables, dict) or not tables.get("resources") or not tables.get("jobs"):
        raise ValueError("Expected JSON with resources and jobs of a printing shop.")
    machine = {each["id"]: row for row, each in enumerate(tables["resources"])}
    rows = [(job["id"], each) for job in tables["jobs"] for each in job["topology"]]
    index = {each["id"]: row for row, (_, each) in enumerate(rows)}
    if len(index) < len(rows):
        raise ValueError("Two operations have the same id.")
    try:
        operations = tuple(_operation(job, each, machine, index) for job, each in rows)
    except KeyError as unknown:
        raise ValueError(f"An operation names {unknown}, which is not there.") from None
    return PrintShop(tuple(_machine(each) for each in tables["resources"]), operations)


def _machine(table: dict[str, Any]) -> PrintMachine:
    ends = [int(moment) for moment in table["availability"]]
    smaller, larger = table["setup_size"]
    return PrintMachine(
        smaller=smaller,
        larger=larger,
        colour=table["setup_color"],
        varnish=table["setup_varnish"],
        available=tuple(zip(ends[::2], ends[1::2], strict=True)),
    )


def _operation(
    job: int, table: dict[str, Any], machine: dict[int, int], index: dict[int, int]
) -> PrintOperation:
    names = table["resources"]
    return PrintOperation(
        job=job,
        ways=tuple(zip((machine[name] for name in names), table["time"], strict=True)),
        overlap=round(1000 * table["overlap"]),
        release=table["release"],
        fixed_start=table["starting"],
        attributes=(table["size"], table["color"], table["varnish"]),
        successors=tuple(index[name] for name in table.get("sucessors", ())),
    )
