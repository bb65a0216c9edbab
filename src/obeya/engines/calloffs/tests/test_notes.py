"""What customers write beside their figures is read with the part that it is about."""

import pytest

from obeya.engines.calloffs import EdiRefused, read_call_offs
from obeya.engines.calloffs.tests import messages as m

WEEK = [("1", "20261201", 500)]


def test_the_free_texts_of_a_delfor_are_of_its_part_or_of_all_of_them():
    """FTX: subject (4451), function, reference, then up to five texts (C108)."""
    first = [*m.delfor_line("A", WEEK), "FTX+AAI+++Packed in cages:as agreed ?: 12 each"]
    data = m.edifact(
        *m.DELFOR_HEAD, "FTX+GEN+++Closed from 24 December", *first, *m.delfor_line("B", WEEK)
    )

    [call_off] = read_call_offs(data)

    assert [line.notes for line in call_off.lines] == [
        ("Closed from 24 December", "Packed in cages as agreed : 12 each"),
        ("Closed from 24 December",),
    ]


def test_a_text_without_words_and_one_said_twice_are_no_notes_more():
    data = m.edifact(
        *m.DELFOR_HEAD, *m.delfor_line("A", WEEK), "FTX+AAI", "FTX+AAI+++Urgent", "FTX+AAI+++Urgent"
    )

    assert [line.notes for line in read_call_offs(data)[0].lines] == [("Urgent",)]


def test_the_texts_of_vda_4905_are_three_of_forty_letters():
    """Record 518: three texts after type and version."""
    text = f"51801{'07-08140295/04':40}{'23-09140029':40}{'':40}"
    data = m.vda(m.vda_512("A"), m.vda_513(("261201", 500)), text)

    [call_off] = read_call_offs(data)

    assert call_off.lines[0].notes == ("07-08140295/04", "23-09140029")
    assert call_off.notes == ()


def test_the_notes_of_an_830_are_read_and_pilot_quantities_are_no_zone():
    """X12 680: B is pilot or prevolume, J (from release 005) raw material."""
    head = ("BFR*05*R-17**DL*A*20261124*20270301*20261124", "NTE*GEN*Closed on Monday")
    body = ("LIN**BP*A", "UIT*PC", "NTE*LIN*Use the new label", "FST*400*C*D*20261201")

    [call_off] = read_call_offs(m.x12(*head, *body))

    assert call_off.lines[0].notes == ("Closed on Monday", "Use the new label")
    with pytest.raises(EdiRefused, match=r"forecast qualifier “B” \(FST02\) is no zone"):
        read_call_offs(m.x12(*head, *body, "FST*400*B*W*20261214"))


def test_more_notes_than_anybody_reads_are_damage():
    texts = [f"FTX+AAI+++text {n}" for n in range(101)]

    with pytest.raises(EdiRefused, match="more than 100 notes"):
        read_call_offs(m.edifact(*m.DELFOR_HEAD, *m.delfor_line("A", WEEK), *texts))
