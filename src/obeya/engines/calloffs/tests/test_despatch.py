"""DESADV and 856, letter by letter as the tables of segments have them."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from obeya.engines.calloffs.despatch import Despatch, DespatchLine
from obeya.engines.calloffs.edifact.desadv import write_desadv
from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.x12.ship_notice import write_856

NOTE = Despatch(
    document="LS-89",
    shipped_at=datetime(2026, 11, 24, 14, 5),
    sender="OBEYA",
    recipient="CUSTB",
    ship_to="P-7",
    control=42,
    lines=[
        DespatchLine("A+1", "HOUSING", Decimal("180.50"), "PCE", Decimal(10000), "PO-9"),
        DespatchLine("B", "", Decimal(20), "PCE", Decimal(20)),
    ],
)


def test_a_desadv_counts_its_segments_and_releases_service_characters():
    assert write_desadv(NOTE).decode().split("\r\n") == [
        "UNA:+.? '",
        "UNB+UNOC:3+OBEYA+CUSTB+261124:1405+00000000000042'",
        "UNH+1+DESADV:D:96A:UN'",
        "BGM+351+LS-89+9'",
        "DTM+137:202611241405:203'",
        "DTM+11:202611241405:203'",
        "NAD+BY+CUSTB::92'",
        "NAD+SE+OBEYA::92'",
        "NAD+ST+P-7::92'",
        "CPS+1'",
        "LIN+1++A?+1:IN'",
        "PIA+1+HOUSING:SA'",
        "QTY+12:180.5:PCE'",
        "QTY+3:10000:PCE'",
        "RFF+ON:PO-9'",
        "LIN+2++B:IN'",
        "QTY+12:20:PCE'",
        "QTY+3:20:PCE'",
        "UNT+17+1'",
        "UNZ+1+00000000000042'",
        "",
    ]


def test_an_856_counts_its_levels_and_segments():
    assert write_856(NOTE).decode().split("~\n") == [
        "ISA*00*          *00*          *ZZ*OBEYA          *ZZ*CUSTB          *261124*1405*U*00401"
        "*000000042*0*P*>",
        "GS*SH*OBEYA*CUSTB*20261124*1405*42*X*004010",
        "ST*856*0001",
        "BSN*00*LS-89*20261124*1405",
        "DTM*011*20261124*1405",
        "HL*1**S",
        "N1*SU**92*OBEYA",
        "N1*ST**92*P-7",
        "HL*2*1*I",
        "LIN**BP*A+1*VP*HOUSING",
        "SN1**180.5*PCE*10000",
        "PRF*PO-9",
        "HL*3*1*I",
        "LIN**BP*B",
        "SN1**20*PCE*20",
        "CTT*3",
        "SE*15*0001",
        "GE*1*42",
        "IEA*1*000000042",
        "",
    ]


def test_the_dock_stands_beside_the_place_where_it_is():
    docked = replace(NOTE, dock="D3")

    assert "NAD+ST+P-7::92'\r\nLOC+11+D3::92'\r\nCPS+1'" in write_desadv(docked).decode()
    assert "UNT+18+1'" in write_desadv(docked).decode()
    assert "N1*ST**92*P-7~\nREF*DK*D3~\nHL*2*1*I" in write_856(docked).decode()
    nowhere = replace(docked, ship_to="")
    assert "NAD+SE+OBEYA::92'\r\nNAD+ST'\r\nLOC+11+D3::92'" in write_desadv(nowhere).decode()


def test_what_a_standard_cannot_carry_is_refused_in_words():
    with pytest.raises(Wrong, match=r"“P\*7” cannot be sent in X12"):
        write_856(Despatch("L", NOTE.shipped_at, "O", "C", "P*7", 1, NOTE.lines))
    with pytest.raises(Wrong, match="“€” cannot be sent in UNOC"):
        write_desadv(Despatch("L€", NOTE.shipped_at, "O", "C", "", 1, NOTE.lines))
