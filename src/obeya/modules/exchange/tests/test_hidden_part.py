"""The hidden part of a list's file, damaged or written by somebody: it says what the file is."""

import json
import random

import pytest

from obeya.modules.exchange.models import FileImport

pytestmark = pytest.mark.usefixtures("oak")
ORDERS = "/s/OAK/orders/"


@pytest.mark.parametrize("spoiled", ["", "nonsense", '{"name": "demands"}', "[1, 2]"])
def test_a_damaged_hidden_part_is_refused_in_words(exported, send, plant, spoiled):
    book = exported(ORDERS)
    book["obeya-list"]["A1"].value = spoiled or None
    before = plant()

    answer = send(book)

    assert answer.status_code == 422
    assert "The hidden part of the list's file is damaged" in str(answer.context["refusal"])
    assert plant() == before


def test_a_hidden_part_that_somebody_wrote_is_read_or_refused_and_never_half_taken(
    exported, send, plant
):
    book = exported(ORDERS)
    hidden, chance = book["obeya-list"], random.Random(7)
    whole = [cell.value for cell in hidden["A"]]
    before = plant()
    for _ in range(60):
        for number, text in enumerate(whole, start=1):
            hidden.cell(number, 1).value = text
        number = chance.randint(1, len(whole))
        hidden.cell(number, 1).value = json.dumps(_spoiled(json.loads(whole[number - 1]), chance))
        answer = send(book)
        assert isinstance(answer, FileImport) or (
            answer.status_code == 422 and str(answer.context["refusal"])
        )
        assert plant() == before


def _spoiled(said, chance):
    """One value somewhere in it is another one."""
    if isinstance(said, dict | list) and said and chance.random() < 0.8:
        key = chance.choice(list(said) if isinstance(said, dict) else range(len(said)))
        said[key] = _spoiled(said[key], chance)
        return said
    return chance.choice([None, 7, "", "quantity", [], {}, [["a"]], {"x": 1}, True, "Demand"])
