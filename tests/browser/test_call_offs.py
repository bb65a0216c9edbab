"""A customer's call-off in a real browser: compared, judged, accepted; a delivery explains it."""

import pytest

from obeya.engines.calloffs.tests import messages as m
from tests.support.browser import accessibility_faults, open_page, ready
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser

FIRST = {"BT-210": 500, "BT-220": 300, "OP-120": 80}
NEXT = {"BT-210": 460, "BT-220": 300, "OP-120": 80}


def call_off(document: str, issued: str, firm: dict[str, int], received: int) -> bytes:
    head = (f"BGM+241+{document}+5", f"DTM+137:{issued}:102", "NAD+BY+AUREL::92")
    lines = []
    for item, pieces in firm.items():
        later = 500 if item == "OP-120" and document == "CO-2" else 400
        slots = [("1", "20300610", pieces), ("2", "20300617", 400), ("4", "20300708", later)]
        lines += m.delfor_line(item, slots, received=received)
    return m.edifact(*head, *lines)


def send(page, server, data: bytes) -> None:
    open_page(page, f"{server.url}/s/KES/call-offs/")
    file = {"name": "delfor.edi", "mimeType": "application/octet-stream", "buffer": data}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Compare it").click()
    page.wait_for_url("**/call-offs/*/", wait_until="domcontentloaded")
    ready(page)


def accept(page) -> None:
    page.get_by_role("button", name="Accept it").click()
    page.wait_for_selector("text=Accept it", state="detached")
    ready(page)


def test_a_call_off_is_compared_judged_and_accepted(page, own_demo_server):
    log_in(page, own_demo_server, "admin")
    send(page, own_demo_server, call_off("CO-1", "20300527", FIRST, received=1000))
    accept(page)
    open_page(page, f"{own_demo_server.url}/s/KES/call-offs/agreements/AUREL-BT-210-P-7/")
    page.get_by_label("Delivery note or complaint").fill("LS-1")
    page.get_by_label("Quantity").fill("240")
    page.get_by_role("button", name="Record it").click()
    page.wait_for_selector("text=1,240 in all")
    assert accessibility_faults(page) == []

    send(page, own_demo_server, call_off("CO-2", "20300603", NEXT, received=1000))

    rows = page.locator("tbody tr").all_inner_texts()
    assert [row.split()[0] for row in rows] == ["BT-210", "OP-120"]
    assert "firm zone broken" in rows[0]
    assert "240 in transit on LS-1" in rows[0]
    assert "more" in rows[1]
    assert accessibility_faults(page) == []
    accept(page)
    assert page.get_by_role("button", name="Leave it").count() == 0
    open_page(page, f"{own_demo_server.url}/s/KES/call-offs/")
    assert accessibility_faults(page) == []


def test_a_message_that_was_cut_off_is_refused_with_its_segment(page, own_demo_server):
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/s/KES/call-offs/")
    data = call_off("CO-1", "20300527", FIRST, received=1000)[:-3]
    file = {"name": "delfor.edi", "mimeType": "application/octet-stream", "buffer": data}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Compare it").click()
    page.wait_for_selector("text=The file was not taken in.")
    ready(page)

    assert page.get_by_text("the segment has no end").is_visible()
    assert accessibility_faults(page) == []
