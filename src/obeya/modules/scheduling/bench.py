"""`obeya bench construct`: a first schedule of made-up plants with every constraint on."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from obeya.plant.log.command import Bench


def _construct(options: Namespace) -> dict[str, Any]:
    from obeya.engines.scheduling.bench import construct_figures  # noqa: PLC0415 - loads Numba

    rows = construct_figures()
    return {"figures": {f"{row.operations} operations": asdict(row) for row in rows}}


BENCHES = (Bench("construct", "A first schedule of 1k, 10k and 100k operations", _construct),)
