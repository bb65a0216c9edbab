"""What the kernel can carry."""

from typing import Any

from obeya.plant.log.command import Bench


def run() -> dict[str, Any]:
    return {}


BENCH = Bench("kernel", "Actions, bulk import, contention on one lot, verify", run)
