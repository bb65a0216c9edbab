"""Mutated messages at the door of the plant: refused in words, or kept; nothing is half done."""

import random

import pytest

from obeya.engines.calloffs.tests.test_fuzz import mutated
from obeya.modules.calloffs.models import CallOffRelease
from obeya.modules.calloffs.tests import sending as s
from obeya.plant.log.refusal import Refusal

pytestmark = pytest.mark.django_db


def attempt(plant, data: bytes) -> str:
    """ "" where it was accepted; else what the plant answered."""
    try:
        s.accept(plant, data)
    except Refusal as refused:
        return str(refused)
    return ""


def test_two_hundred_mutations_are_refused_with_nothing_changed_or_accepted_whole(plant):
    chance = random.Random(9)
    original = s.delfor(s.part("4711-A", 500, 400, 900), s.part("P-001", 1, 2, 3))
    answers = []
    for _ in range(200):
        before = s.everything()
        answers.append(attempt(plant, mutated(original, chance)))
        waiting = CallOffRelease.objects.filter(accepted_at=None)
        if answers[-1] and not waiting.exists():
            assert s.everything() == before
        waiting.delete()  # read well, and refused when it was to be accepted

    refused = [each for each in answers if each]
    assert 100 < len(refused) < 200
    assert all(each.endswith(".") for each in refused)
