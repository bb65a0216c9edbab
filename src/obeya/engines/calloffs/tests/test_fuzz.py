"""Mutated messages are read or refused in words; nothing else ever happens."""

import random

import pytest

from obeya.engines.calloffs import EdiRefused, read_call_offs
from obeya.engines.calloffs.tests import messages as m

ORIGINALS = [
    m.edifact(
        *m.DELFOR_HEAD,
        *m.delfor_line("A", [("1", "20261201", 5), ("4", "20270105", 9)], received=7, note="L"),
    ),
    m.x12(
        "BFR*05*R-17**DL*C*20261124*20270301*20261124",
        "LIN**BP*A*VP*B",
        "SHP*02*1*051*20260101**20261123",
        "FST*5*C*F*20261201*20261205",
        "FST*6*D*M*20270101",
    ),
    m.vda(m.vda_512("A"), m.vda_513(("333333", 4), ("555555", 0), ("265051", 40))),
]
LETTERS = b"0159+:'*~?UNTQYDM \r\n\x00\xff\xc3ABC-."


def mutated(data: bytes, chance: random.Random) -> bytes:
    parts = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(parts))
        match chance.randrange(5):
            case 0:
                parts[at] = chance.choice(LETTERS)
            case 1:
                del parts[at : at + chance.randint(1, 12)]
            case 2:
                parts[at:at] = bytes(chance.choices(LETTERS, k=chance.randint(1, 8)))
            case 3:
                parts[at:at] = parts[at : at + chance.randint(1, 60)]
            case _:
                parts = parts[: max(at, 1)]
        if not parts:
            return b""
    return bytes(parts)


def outcome(data: bytes) -> EdiRefused | None:
    try:
        read_call_offs(data)
    except EdiRefused as refused:
        return refused
    return None


@pytest.mark.parametrize("kind", range(len(ORIGINALS)))
def test_two_thousand_mutations_of_each_standard_are_read_or_refused_in_words(kind):
    chance = random.Random(kind)

    refused = [said for _ in range(2_000) if (said := outcome(mutated(ORIGINALS[kind], chance)))]

    assert 1_000 < len(refused) < 2_000
    faults = [fault for said in refused for fault in said.faults]
    assert all(fault.rule and fault.remedy.endswith(".") for fault in faults)
