"""The reference of tables knows every table of the kernel, and no other."""

import re

import pytest
from django.apps import apps

from .tree import ROOT

SECTIONS = {"resources": "Resources", "work": "Work", "ledgers": "Ledgers", "issues": "Issues"}


@pytest.mark.parametrize("app", SECTIONS)
def test_every_table_of_the_kernel_stands_in_the_reference(app):
    page = (ROOT / "docs/reference/tables.md").read_text()
    section = re.search(rf"^## {SECTIONS[app]}:.*?(?=^## |\Z)", page, re.M | re.S)[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.M)

    assert {name for name, _ in rows} == {
        model.__name__ for model in apps.get_app_config(app).get_models()
    }
    assert all(meaning.strip() for _, meaning in rows)
