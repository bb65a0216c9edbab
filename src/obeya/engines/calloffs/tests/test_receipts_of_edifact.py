"""What the customer says of what came: which delivery note was the last, and how much in all."""

from datetime import date
from decimal import Decimal

from obeya.engines.calloffs.tests.edifact import day, read

D = Decimal


def test_the_last_receipt_is_the_newest_wherever_it_stands_and_never_what_is_on_its_way():
    line = read(
        *("LIN+1++A:IN", "QTY+70:9600:PCE", "DTM+51:20260101:102"),
        *("QTY+48:64:PCE", "DTM+50:20261123:102", "RFF+AAK:LS-88"),
        *("QTY+48:32:PCE", "DTM+50:20261120:102", "RFF+AAK:LS-87"),
        *("QTY+12:16:PCE", "DTM+11:20261124:102", "RFF+AAK:LS-89"),
        *day(5, "20261201"),
    ).lines[0]

    assert (line.last_receipt, line.last_receipt_on) == ("LS-88", date(2026, 11, 23))
    assert (line.last_receipt_quantity, line.cumulative_received) == (D(64), D(9600))


def test_a_despatch_with_the_date_of_its_receipt_was_received():
    receipt = ["QTY+12:16:PCE", "RFF+AAK:LS-89", "DTM+50:20261124:102"]

    line = read("LIN+1++A:IN", *receipt, *day(5, "20261201")).lines[0]

    assert (line.last_receipt, line.last_receipt_quantity) == ("LS-89", D(16))


def test_a_receipt_belongs_to_the_place_that_it_was_told_for():
    receipt = ["QTY+48:64:PCE", "DTM+50:20261123:102", "RFF+AAK:LS-88"]
    first = ["LIN+1++A:IN", "NAD+ST+P-1", *receipt, *day(5, "20261201")]

    lines = read(*first, "NAD+ST+P-2", *day(7, "20261201")).lines

    told = [(line.ship_to, line.last_receipt, line.last_receipt_on) for line in lines]
    assert told == [("P-1", "LS-88", date(2026, 11, 23)), ("P-2", "", None)]
