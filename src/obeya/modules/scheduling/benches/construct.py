"""`obeya bench construct`: a first schedule of made-up plants with every constraint on."""

from dataclasses import asdict
from typing import Any

from obeya.engines.scheduling.bench import construct_figures


def run() -> dict[str, Any]:
    """Figures by size."""
    rows = construct_figures()
    return {"figures": {f"{row.operations} operations": asdict(row) for row in rows}}
