"""The builder makes what it says, through the actions."""

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from obeya.modules.engineering import public as engineering
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


def test_a_small_plant_in_one_breath():
    plant = (
        a_plant()
        .with_three_shifts()
        .with_work_center("PRESS", calendar="3-SHIFTS")
        .with_machine("PRESS-4", "PRESS-5", parent="PRESS", classes=("PRESSES",))
        .with_storage("WH-1")
        .with_person("ANN", {"SETTING": 3})
        .with_customer("CUST-A")
        .with_supplier("NORRLAND")
        .with_material("BR-600")
        .with_material("DC04", kind="raw", unit="KGM", supplier="NORRLAND")
        .with_bom("BR-600", {"DC04": "0.41"})
        .with_tool("DIE-1")
        .with_operation("BR-600", 10, on="PRESS", run_s=9, setup_min=75, skill="SETTING")
        .with_operation("BR-600", 20, equipment_class="PRESSES", run_s=5, tool="DIE-1")
        .with_alternate("BR-600", 10, "PRESS-5", run_s=Decimal(11))
        .with_setup_times("DIES", {("A", "B"): 70, ("B", "A"): 90}, on=["PRESS"], default_min=75)
        .with_stock("DC04", 500, at="WH-1")
        .with_demand("SO-1/1", "BR-600", 3000, datetime(2026, 12, 1, 14), customer="CUST-A")
        .with_purchase("PO-1/1", "DC04", 1000, datetime(2026, 11, 30), supplier="NORRLAND")
    )

    assert plant.machine("PRESS-4").parent == plant.work_center("PRESS")
    assert plant.operation("BR-600", 10).setup_s == 75 * 60
    assert plant.demand("SO-1/1").due_at.isoformat() == "2026-12-01T13:00:00+00:00"
    assert plant.purchase("PO-1/1").status == "firm"
    assert [row.run_s for row in engineering.alternate_rows(site=plant.site, by=plant.by)] == [11]


def test_the_plant_of_the_tutorial_can_be_built():
    page = Path(__file__).parents[4] / "docs" / "tutorial" / "first-plant.md"
    [code] = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)
    names: dict[str, Any] = {}

    exec(code, names)  # the page's own words

    assert names["plant"].operation("SHAFT-1", 10).setup_s == 1800
