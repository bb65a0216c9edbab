"""The clock of a demo plant through the REST door: one row, no site."""

from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.organisation.rows import DemoClockRow
from obeya.plant.log.refusal import Problem, RowsRefused


def demo_clock_rows(rows: Sequence[DemoClockRow]) -> Mapping[str, Any]:
    if len(rows) != 1:
        remedy = "Send one row: there is one clock."
        raise RowsRefused([Problem("expected exactly one row", remedy, field="rows")])
    return {"shown": rows[0].shown, "rate": rows[0].rate}
