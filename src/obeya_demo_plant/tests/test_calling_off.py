"""What a customer that calls off by EDI writes, and what it counts; no product is needed."""

import base64
from datetime import UTC, date, datetime

import pytest

from obeya_demo_plant import edifact
from obeya_demo_plant.calling_off import CallingOff
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.edifact import Head, Wish
from obeya_demo_plant.market import Line
from obeya_demo_plant.state import Book, State
from obeya_demo_plant.telling import Telling

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY_S = 86_400
TODAY = int(MONDAY.timestamp()) // DAY_S
HEAD = Head("AUREL", "KES", "P1", "AUREL-00001", 1, int(MONDAY.timestamp()))


def at(days, hour=8):
    return (TODAY + days) * DAY_S + hour * 3600


def a_line(code, *, days, quantity=100.0, part="BT-210"):
    return Line(code, part, quantity, at(days, 11), "AUREL", "SO-1", "call_off", 1)


def a_caller(lines, *, shipped=0.0, book=None, seed=1):
    state = State(seed=seed, began=at(0, 5), now=at(0, 5))
    caller = CallingOff("AUREL", "KES", state, Chance(seed), Telling(state))
    caller.begin(lines, {"BT-210": shipped}, book or Book(0.0, 30))
    return caller


def wanted(caller, part="BT-210"):
    return caller.state.callers["AUREL"].parts[part]


def steady(monkeypatch):
    """Nobody changes his mind."""
    for name in ("CHANGED", "CANCELLED", "ANNOUNCED_SWING"):
        monkeypatch.setattr(f"obeya_demo_plant.calling_off.{name}", 0.0)


def messages(caller):
    """Segments of each message."""
    rows = [row for m in caller.state.outbox if m["verb"] == "call-offs" for row in m["rows"]]
    texts = [base64.b64decode(row["content_base64"]).decode("latin-1") for row in rows]
    return [text.removeprefix("UNA:+.? '").replace("\r\n", "").split("'")[:-1] for text in texts]


def test_a_delfor_is_written_by_its_segment_table():
    wish = Wish(
        "BT-210",
        [(TODAY, 80, "1"), (TODAY + 1, 102.5, "1"), (TODAY + 40, 200, "4")],
        4_300,
        date(2026, 1, 1),
        "DN-20779",
        at(-3, 6),
        120,
    )

    text = edifact.delfor(HEAD, [wish]).decode("latin-1")

    assert text.replace("\r\n", "") == (
        "UNA:+.? 'UNB+UNOC:3+AUREL+KES+261123:0800+1'UNH+1+DELFOR:D:97A:UN'"
        "BGM+241+AUREL-00001+5'DTM+137:20261123:102'NAD+BY+AUREL::92'NAD+SE+KES::92'"
        "GIS+37'NAD+ST+P1::92'LIN+1++BT-210:IN'"
        "QTY+48:120:PCE'DTM+50:20261120:102'RFF+AAK:DN-20779'"
        "QTY+70:4300:PCE'DTM+51:20260101:102'"
        "SCC+1'QTY+113:80:PCE'DTM+2:20261123:102'QTY+113:102.5:PCE'DTM+2:20261124:102'"
        "SCC+4'QTY+113:200:PCE'DTM+2:20270102:102'"
        "UNS+S'UNT+23+1'UNZ+1+1'"
    )


def test_a_deljit_has_a_sequence_for_each_part_and_releases_service_characters():
    wish = Wish("BT+2'10", [(TODAY, 0, "1")], 0, date(2026, 1, 1))

    text = edifact.deljit(HEAD, [wish]).decode("latin-1").replace("\r\n", "")

    assert "NAD+ST+P1::92'SEQ++1'LIN+1++BT?+2?'10:IN'QTY+70:0:PCE'" in text
    assert "QTY+113:0:PCE'SCC+1'DTM+2:20261123:102'UNT+14+1'" in text


def test_the_first_message_tells_all_that_is_open_and_what_was_shipped_before(monkeypatch):
    steady(monkeypatch)
    lines = [a_line("SO-1/1", days=-3), a_line("SO-1/2", days=1), a_line("SO-2/1", days=1)]
    lines += [a_line("SO-3/1", days=14), a_line("SO-3/2", days=15), a_line("SO-3/3", days=35)]
    caller = a_caller(lines, shipped=4_000)

    assert caller.call(at(0)) == []

    [delfor] = messages(caller)
    first = delfor.index("QTY+70:4000:PCE")
    assert delfor[first + 2 : -3] == [
        *("SCC+1", "QTY+113:100:PCE", "DTM+2:20261120:102"),
        *("QTY+113:200:PCE", "DTM+2:20261124:102"),
        *("QTY+113:100:PCE", "DTM+2:20261207:102"),
        *("SCC+2", "QTY+113:100:PCE", "DTM+2:20261208:102"),
        *("SCC+4", "QTY+113:100:PCE", "DTM+2:20261228:102"),
    ]


def test_nothing_is_written_between_two_mondays_if_nothing_has_changed(monkeypatch):
    steady(monkeypatch)
    caller = a_caller([a_line("SO-1/1", days=5)])

    for day in range(8):
        caller.call(at(day))

    kinds = [each[1].split("+")[2].partition(":")[0] for each in messages(caller)]
    assert kinds == ["DELFOR", "DELFOR"]


def test_a_change_in_the_firm_weeks_is_called_at_once_from_today_to_its_day(monkeypatch):
    steady(monkeypatch)
    caller = a_caller([a_line(f"SO-1/{day}", days=day) for day in (1, 4, 8)])
    caller.call(at(0))
    monkeypatch.setattr("obeya_demo_plant.calling_off.CANCELLED", 30.0)  # each, this morning

    caller.call(at(1))

    _, deljit = messages(caller)
    assert [each for each in deljit if each.startswith(("QTY+113", "DTM+2"))] == [
        *("QTY+113:100:PCE", "DTM+2:20261124:102"),  # too soon to be changed
        *("QTY+113:0:PCE", "DTM+2:20261127:102"),
        *("QTY+113:0:PCE", "DTM+2:20261201:102"),
    ]
    assert wanted(caller).slots == [[TODAY + 1, 100.0]]


def test_what_is_cancelled_stays_cancelled(monkeypatch):
    steady(monkeypatch)
    caller = a_caller([a_line("A", days=2), a_line("B", days=40)])
    slot = wanted(caller).slots[1]
    slot[1] = 0.0
    monkeypatch.setattr("obeya_demo_plant.calling_off.CHANGED", 30.0)  # everything, every day

    caller.call(at(1))

    assert slot == [TODAY + 40, 0.0]


def test_a_call_says_that_nothing_more_is_wanted_of_today_when_that_has_come(monkeypatch):
    steady(monkeypatch)
    caller = a_caller([a_line("SO-1/1", days=2), a_line("SO-1/2", days=6)])
    caller.call(at(0))
    caller.leaves("BT-210", 100.0, "DN-1", at(0, 14))
    caller.receive(at(2))
    monkeypatch.setattr("obeya_demo_plant.calling_off.CANCELLED", 30.0)

    caller.call(at(2))

    _, deljit = messages(caller)
    assert [each for each in deljit if each.startswith(("QTY", "DTM+2", "RFF"))] == [
        *("QTY+48:100:PCE", "RFF+AAK:DN-1", "QTY+70:100:PCE"),
        *("QTY+113:0:PCE", "DTM+2:20261125:102"),
        *("QTY+113:0:PCE", "DTM+2:20261129:102"),
    ]


def test_the_truck_is_there_on_most_mornings_and_covers_what_is_due_first():
    caller = a_caller([a_line("SO-1/1", days=0), a_line("SO-1/2", days=1)])

    for number in range(2_000):
        caller.leaves("BT-210", 0.0, f"DN-{number}", at(0, 14))
    road = caller.state.callers["AUREL"].road
    on_time = sum(each.comes <= at(1, 8) for each in road)
    # 18 hours of a lognormal of mean 16 and sigma 0.15: ln(18 / 16) / 0.15 + 0.075 = 0.860
    assert on_time / 2_000 == pytest.approx(0.805, abs=0.03)

    road.clear()
    caller.leaves("BT-210", 150.0, "DN-1", at(0, 14))
    caller.receive(at(3))
    assert wanted(caller).slots == [[TODAY + 1, 50.0]]
    assert wanted(caller).received == 150.0


def test_eighty_five_pieces_of_a_million_go_back_and_are_wanted_again():
    caller = a_caller([a_line("SO-1/1", days=1, quantity=3e6)])
    for number in range(20):
        caller.leaves("BT-210", 100_000.0, f"DN-{number}", at(number, 14))
    caller.receive(at(30))

    books = caller.state.callers["AUREL"]
    back = sum(row[2] for row in books.to_book)
    assert back == pytest.approx(2e6 * 85e-6, rel=0.2)
    assert {row[4] for row in books.to_book} == {"rejected"}
    assert wanted(caller).received == 2e6 - back
    assert wanted(caller).slots == [[TODAY + 1, 1e6 + back]]


def test_in_a_year_as_much_is_ordered_as_is_open_and_the_schedule_stays_as_long():
    """Each working day one line falls due; poisson(1) come: the schedule stands still on average.

    What is changed keeps its mean, of what is cancelled two of a hundred go.
    """
    days = [day for day in range(1, 43) if (TODAY + day + 3) % 7 < 5]
    lines = [a_line(f"SO-1/{day}", days=day) for day in days]
    caller = a_caller(lines, book=Book(1.0, len(days)))
    new = 0.0
    for day in range(364):
        if (TODAY + day + 3) % 7 < 5:
            new += sum(pieces for _, pieces in caller.call(at(day)))
            due = sum(slot[1] for slot in wanted(caller).slots if slot[0] <= TODAY + day)
            caller.leaves("BT-210", due, f"DN-{day}", at(day))
            caller.receive(at(day + 2))

    assert new / (260 * 100) == pytest.approx(1.0, abs=0.15)
    all_told = wanted(caller).received + sum(slot[1] for slot in wanted(caller).slots)
    assert all_told == pytest.approx(0.98 * (100 * len(days) + new), rel=0.02)


def test_it_can_be_put_down_and_taken_up_in_the_middle():
    def live(caller, days, *, again):
        for day in days:
            caller.receive(at(day))
            caller.call(at(day))
            caller.leaves("BT-210", 90.0, f"DN-{day}", at(day, 14))
            if again:
                state = State.of(caller.state.as_dict())
                caller = CallingOff("AUREL", "KES", state, caller.chance, Telling(state))
        return caller

    lines = [a_line(f"SO-1/{day}", days=day) for day in range(1, 40)]
    whole = live(a_caller(lines, book=Book(1.5, 28)), range(20), again=False)
    parts = live(a_caller(lines, book=Book(1.5, 28)), range(20), again=True)

    assert parts.state.as_dict() == whole.state.as_dict()
    assert len(messages(whole)) > 4


def test_other_seeds_write_other_messages():
    lines = [a_line(f"SO-1/{day}", days=day) for day in range(1, 40)]
    first, other = (a_caller(lines, book=Book(1.5, 28), seed=seed) for seed in (1, 2))
    first.call(at(0))
    other.call(at(0))

    assert messages(first) != messages(other)
