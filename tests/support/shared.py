"""Plants and reference data that lie beside the checkout and are never copied into it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shared_folder() -> Path:
    """The folder `../shared`, or OBEYA_SHARED; without it a test is skipped, on CI it fails."""
    folder = Path(os.environ.get("OBEYA_SHARED") or ROOT.parent / "shared")
    if folder.is_dir():
        return folder
    sentence = (
        "The shared plants are missing: put them into ../shared beside this checkout, "
        "or say in OBEYA_SHARED where they lie."
    )
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session", name="shared_folder")
def shared_folder_fixture() -> Path:
    return shared_folder()
