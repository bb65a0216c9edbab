"""Spoilt files at the plant's doors: no crash, nothing by halves, every refusal in words.

`OBEYA_FUZZ_FROM=0 OBEYA_FUZZ_COUNT=10000 python3 dev.py test tests/fuzz/test_doors.py` takes
other seeds; with `OBEYA_FUZZ_REPORT=FILE` what became of them is written there. A seed that failed
becomes a test.
"""

import base64
import collections
import json
import os
from pathlib import Path

import pytest
from django.db import transaction

from obeya.modules.calloffs.actions import (
    accept_release,
    receive_releases,
    save_agreements,
    save_partners,
)
from obeya.modules.calloffs.rows import AgreementRow, MessageRow, PartnerRow
from obeya.modules.exchange.actions import import_plant
from obeya.modules.exchange.foreign.converting import convert
from obeya.modules.exchange.opening import open_file
from obeya.modules.exchange.own_format import read_sheets
from obeya.modules.exchange.reading import read_book
from obeya.modules.exchange.refusals import ImportRefused
from obeya.plant.log.actor import system_actor
from obeya.plant.log.refusal import Refusal
from tests.fuzz.mutating import KINDS, Spoilt, spoilt, unspoilt

FROM = int(os.environ.get("OBEYA_FUZZ_FROM", "0"))
COUNT = int(os.environ.get("OBEYA_FUZZ_COUNT", "100"))
REPORT = os.environ.get("OBEYA_FUZZ_REPORT", "")


@pytest.fixture
def plant(oak):
    """The example plant, with a customer who calls off."""
    by = system_actor()
    partners = [PartnerRow(each, "C-100") for each in ("CUST-A", "CUSTB", "CUSTC")]
    save_partners(site=oak, rows=partners, by=by)
    terms = AgreementRow("HOME-TABLE", "C-100", "TABLE", "4711-A", "P-7")
    save_agreements(site=oak, rows=[terms], by=by)
    return oak


def tried(file: Spoilt, site, folder: Path, state) -> str:
    """What became of it: `applied`, or `refused` with every refusal in words and nothing changed.

    The plant is as before afterwards, so that a seed fails alone as it does among others.
    """
    before, here = state.digest, transaction.savepoint()
    try:
        refusal = _at_the_door(file, site, folder)
        if refusal is None:
            return "applied"
        _is_in_words(refusal)
        assert state.now() == before, f"{file.name} was refused, and yet something changed"
        return "refused"
    finally:
        transaction.savepoint_rollback(here)


def _at_the_door(file: Spoilt, site, folder: Path) -> Refusal | None:
    try:
        if file.is_message:
            _called_off(file, site)
        else:
            _imported(file, folder)
    except Refusal as refusal:
        return refusal
    return None


def _imported(file: Spoilt, folder: Path) -> None:
    """As the page does, with every guess of foreign columns believed."""
    path = folder / file.name
    path.write_bytes(file.content)
    opened = open_file(path, "", {})
    plant = opened.file or read_sheets(convert(read_book(path), opened.mappings))
    import_plant(file=plant, site_code="OAK", by=system_actor())


def _called_off(file: Spoilt, site) -> None:
    """Taken in, and accepted: what is read well and not accepted is taken back as a whole."""
    by, row = system_actor(), MessageRow(file.name, base64.b64encode(file.content).decode())
    here = transaction.savepoint()
    try:
        for each in receive_releases(site=site, rows=[row], by=by):
            accept_release(site=site, release=each, by=by)
    except Refusal:
        transaction.savepoint_rollback(here)
        raise


def _is_in_words(refusal: Refusal) -> None:
    said = str(refusal)
    assert len(said.split()) > 3, said
    if isinstance(refusal, ImportRefused):
        assert refusal.faults
        for fault in refusal.faults:
            assert fault.sheet, fault
            assert fault.rule, fault
            assert fault.remedy, fault


class State:
    def __init__(self, digest) -> None:
        self.now = digest
        self.digest = digest()


@pytest.mark.django_db
@pytest.mark.parametrize("name", unspoilt())
def test_what_nobody_has_spoilt_is_taken_over(name, plant, digest, tmp_path):
    state = State(digest)
    file = unspoilt()[name]

    refusal = _at_the_door(file, plant, tmp_path)

    assert refusal is None
    assert state.now() != state.digest


@pytest.mark.django_db
def test_spoilt_files_are_taken_over_whole_or_refused_in_words(plant, digest, tmp_path):
    state = State(digest)
    outcomes: collections.Counter[str] = collections.Counter()
    failed = {}
    for seed in range(FROM, FROM + COUNT):
        file = spoilt(seed)
        try:
            outcomes[f"{file.kind}: {tried(file, plant, tmp_path, state)}"] += 1
        except Exception as error:  # each is told with its seed
            failed[seed] = f"{type(error).__name__}: {error}"[:300]
    if REPORT:
        told = {"from": FROM, "count": COUNT, "outcomes": outcomes, "failed": failed}
        Path(REPORT).write_text(json.dumps(told, indent=1, sort_keys=True))
    assert failed == {}
    assert {each.split(":")[0] for each in outcomes} == set(KINDS)
