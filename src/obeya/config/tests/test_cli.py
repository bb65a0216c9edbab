"""The command line in a folder that holds no plant yet."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
Obeya = Callable[..., subprocess.CompletedProcess[str]]
PLANT = {
    "Site.csv": "code,name,time_zone\nKES,Kessel,Europe/Berlin\n",
    "Materials.csv": "code,name,kind\nBAR-1,Bar,raw\n",
}


@pytest.fixture
def obeya(tmp_path: Path) -> Obeya:
    environment = os.environ | {
        "OBEYA_DATA": str(tmp_path / "data"),
        "OBEYA_DATABASE_URL": "",
        "PYTHONPATH": str(SOURCE),
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "obeya", *arguments],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_command_that_finds_no_plant_says_where_it_looked(obeya, tmp_path):
    done = obeya("verify")

    assert done.returncode == 1
    assert done.stderr.startswith(f"There is no plant in {tmp_path / 'data'}. Begin one with")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_an_import_begins_a_plant_and_the_first_start_still_lets_somebody_in(obeya, tmp_path):
    folder = tmp_path / "plant"
    folder.mkdir()
    for name, text in PLANT.items():
        (folder / name).write_text(text)

    imported = obeya("import", str(folder))

    assert imported.returncode == 0, imported.stderr
    assert imported.stdout.startswith("Site KES (new)")
    assert "admin" in obeya("migrate").stdout.splitlines()[-1]
    assert "DISAGREES" not in obeya("verify").stdout
