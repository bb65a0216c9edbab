"""What a start loads: each process of the house, and each command, pays for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
HEAVY = ["numba", "llvmlite", "openpyxl", "uvicorn"]
NOT_ASKED_FOR = [
    "obeya.config.invented",
    "obeya.engines.scheduling.instances",
    "obeya.modules.exchange.benches",
    "obeya.modules.scheduling.benches",
]
COMMAND = "from obeya.config.cli import main; main(['check'])"
PAGES = (
    "import obeya.config.asgi; from django.urls import get_resolver; get_resolver().url_patterns"
)


def loaded_by(program: str, data: Path) -> set[str]:
    """The modules that a process of its own has loaded when the program is through."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print('loaded', *sys.modules)"],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "obeya.config.settings",
            "OBEYA_DATA": str(data),
            "OBEYA_DATABASE_URL": "",
            "PYTHONPATH": str(SOURCE),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("program", [COMMAND, PAGES], ids=["a command", "the pages"])
def test_a_start_loads_no_compiler_no_workbooks_and_nothing_that_others_ask_for(program, tmp_path):
    (tmp_path / "static").mkdir()
    loaded = loaded_by(program, tmp_path)

    assert "obeya.modules.scheduling.module" in loaded
    assert loaded & {*HEAVY, *NOT_ASKED_FOR} == set()
