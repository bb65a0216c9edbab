"""DELFOR and DELJIT with the segments that a test says, and what was read as people note it."""

from obeya.engines.calloffs import read_call_offs
from obeya.engines.calloffs.tests import messages as m

HEAD = ("BGM+241+R-40+5", "DTM+137:202611240501:203")
CALL = ("BGM+242+J-7+9", "DTM+137:20261124:102")


def read(*body, kind="DELFOR:D:96A:UN", head=HEAD):
    [call_off] = read_call_offs(m.edifact(*head, *body, kind=kind))
    return call_off


def by_hand(call_off):
    """Part, place, dock → day, pieces, zone."""
    return {
        (line.item, line.ship_to, line.dock): [
            (f"{s.due_at:%m-%d}", int(s.quantity), s.zone.value) for s in line.slots
        ]
        for line in call_off.lines
    }


def day(pieces, on, level="1"):
    return [f"SCC+{level}", f"QTY+113:{pieces}:PCE", f"DTM+10:{on}:102"]
