"""Printing shops by chance, in the layout of the published ones; with a plan, so one exists."""

import json

import numpy as np

from obeya.engines.scheduling.formats.ops import read_print_shop
from obeya.engines.scheduling.printing.check import check_print_plan
from obeya.engines.scheduling.printing.decode import decode

MACHINES, ATTRIBUTES = 4, 3


def random_print_shop(seed: int, *, operations: int, fixed: float) -> str:
    """A text of a shop in which so large a share of the starts is given.

    The given starts are those of a plan made by chance, without any slack, so they can be kept.
    A fifth of what has a given start may run on other machines than in that plan, too.
    """
    luck = np.random.default_rng(seed)
    machines = int(luck.integers(1, MACHINES + 1))
    tables = {
        "resources": [_machine(luck, number + 1) for number in range(machines)],
        "jobs": _jobs(luck, operations, machines),
    }
    shop = read_print_shop(json.dumps(tables))
    machine = [each.ways[int(luck.integers(len(each.ways)))][0] for each in shop.operations]
    key = luck.random(operations)
    for i in shop.topological():
        for after in shop.operations[i].successors:
            key[after] = max(key[after], np.nextafter(key[i], 2))
    plan = decode(shop, machine, key.tolist())
    if check_print_plan(shop, plan):
        raise AssertionError("The plan that shall exist does not hold.")
    rows = [each for job in tables["jobs"] for each in job["topology"]]
    for i, each in enumerate(rows):
        if luck.random() < fixed:
            each["starting"] = plan.start[i]
            if luck.random() < 0.8:
                each["time"] = [shop.operations[i].work_on(machine[i])]
                each["resources"] = [machine[i] + 1]
    return json.dumps(tables)


def _machine(luck: np.random.Generator, number: int) -> dict:
    ends = np.cumsum(luck.integers(20, 60, 8)).tolist()  # a span, a break and so on
    return {
        "id": number,
        "setup_size": luck.integers(0, 6, 2).tolist(),
        "setup_color": int(luck.integers(0, 5)),
        "setup_varnish": int(luck.integers(0, 5)),
        "availability": [0, *ends[:7]],
    }


def _jobs(luck: np.random.Generator, operations: int, machines: int) -> list[dict]:
    jobs: list[dict] = []
    rows: list[dict] = []
    for i in range(operations):
        if not rows or luck.random() < 0.15:
            rows = []
            jobs.append({"id": len(jobs) + 1, "topology": rows})
        rows.append(_operation(luck, i + 1, machines))
        for earlier in rows[:-1]:
            if luck.random() < 0.4:
                earlier["sucessors"].append(i + 1)
    return jobs


def _operation(luck: np.random.Generator, number: int, machines: int) -> dict:
    able = sorted(luck.choice(machines, int(luck.integers(1, machines + 1)), replace=False) + 1)
    size, color, varnish = (int(luck.integers(1, ATTRIBUTES + 1)) for _ in range(3))
    overlap = 1.0 if luck.random() < 0.6 else round(float(luck.uniform(0.2, 0.9)), 2)
    return {
        "id": number,
        "starting": -1,
        "release": int(luck.integers(0, 80)) if luck.random() < 0.3 else 0,
        "overlap": overlap,
        "size": size,
        "color": color,
        "varnish": varnish,
        "resources": [int(row) for row in able],
        "time": luck.integers(3, 40, len(able)).tolist(),
        "sucessors": [],
    }
