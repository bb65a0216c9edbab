"""A file that would open a site opens none where it is refused, be it small or large."""

import pytest

from obeya.config.cli import main
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.test_refusals import circular
from obeya.plant.resources.models import Material, Site

pytestmark = pytest.mark.django_db
ELM = [["code", "time_zone"], ["ELM", "Europe/Berlin"]]


def test_a_refused_file_opens_no_site_in_an_empty_plant(example, digest, tmp_path):
    path = tmp_path / "plant.xlsx"
    path.write_bytes(circular(example))
    before = digest()

    assert main(["import", str(path)]) == 1

    assert not Site.objects.exists()
    assert digest() == before


@pytest.mark.usefixtures("small_parts")
def test_the_command_imports_nothing_of_a_large_file_with_a_refused_row(tmp_path):
    rows = [["code", "unit"], *([f"Y-{n:04}", "pc" if n else "BARREL"] for n in range(125))]
    path = tmp_path / "elm.xlsx"
    path.write_bytes(files.workbook({"Site": ELM, "Materials": rows}))

    assert main(["import", str(path)]) == 1

    assert not Material.objects.exists()
    assert not FileImport.objects.exists()


@pytest.mark.usefixtures("small_parts")
def test_of_a_large_file_without_a_right_row_the_command_names_each_fault(tmp_path, capsys):
    rows = [["code", "unit"], *([f"Y-{n:04}", "BARREL"] for n in range(101))]
    path = tmp_path / "elm.xlsx"
    path.write_bytes(files.workbook({"Site": ELM, "Materials": rows}))

    for choice in ([], ["--only-valid"]):
        assert main(["import", str(path), *choice]) == 1

        said = capsys.readouterr().err
        assert "101 refused; nothing was imported." in said
        assert "unknown unit BARREL" in said
    assert not FileImport.objects.exists()
