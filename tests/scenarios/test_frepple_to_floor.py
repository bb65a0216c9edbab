"""A plant comes from frePPLe, is planned, drawn on, published and worked: through the doors only.

Somebody else looks on in a second browser and must have seen each step within a second.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.browser import open_page, ready
from tests.support.server import Server
from tests.support.visitor import first_log_in, one_time_password

pytestmark = [pytest.mark.browser, pytest.mark.timing]

BOARD = "document.querySelector('[data-island=board]').board"
BARS = f"""() => {{ const {{ plan }} = {BOARD}; return plan.id.map((id, i) =>
  [id, plan.label[i], plan.row[i], plan.from[i], plan.start[i], plan.end[i]]); }}"""
LATENESS = f"""() => {{ const o = {BOARD}.plan.orders;
  return o.code.map((c, k) => [c, o.late_s[k]]); }}"""
#: The last operation of the order in time that has the least to spare, and how much that is.
TIGHTEST = f"""() => {{
  const {{ plan }} = {BOARD}, {{ late_s, code }} = plan.orders;
  const last = o => plan.chains.get(o).reduce((a, b) => plan.end[a] >= plan.end[b] ? a : b);
  const o = [...plan.chains.keys()].filter(o => o >= 0 && late_s[o] < 0 && !plan.isFixed(last(o)))
    .reduce((a, b) => late_s[a] >= late_s[b] ? a : b);
  return {{ i: last(o), code: code[o], spare: -late_s[o] }};
}}"""
#: Where a bar lies on the screen, and where it would lie so much later.
PLACE = f"""([i, later]) => {{
  const {{ view, canvas }} = {BOARD}, at = canvas.getBoundingClientRect(), box = view.box(i);
  return {{ x: at.x + box.x + box.w / 2, y: at.y + box.y + box.h / 2, w: box.w,
    to: at.x + box.x + box.w / 2 + later * view.k, right: at.x + view.x1 }};
}}"""
WITHIN_S = 1.0


class Follower:
    """A page that notes when it shows what somebody did."""

    def __init__(self, page: Any, what: str) -> None:
        self.page, self.what = page, what

    def awaits(self, condition: str, argument: Any = None) -> None:
        """`condition` is a function in the page, asked until it answers yes."""
        self.page.evaluate(
            f"""argument => {{ window.seenAt = new Promise(seen => {{
              const look = () => ({condition})(argument)
                ? seen(performance.timeOrigin + performance.now()) : setTimeout(look, 5);
              look();
            }}) }}""",
            argument,
        )

    def sees(self) -> float:
        return self.page.evaluate("window.seenAt")

    def saw_it_after(self, answered_at: float, step: str) -> None:
        took_s = (self.sees() - answered_at) / 1000
        print(f"{step}: the second browser's {self.what} followed after {took_s:.3f} s")
        assert took_s <= WITHIN_S


def answered_at(page: Any, address: str) -> float:
    """When the page had the last answer from an address that it fetched."""
    return page.evaluate(
        """address => performance.timeOrigin + performance.getEntriesByType("resource")
          .findLast(each => each.name.endsWith(address)).responseEnd""",
        address,
    )


def form_answered_at(page: Any) -> float:
    """When the answer to the form had come that led to this page."""
    return page.evaluate(
        "performance.timeOrigin + performance.getEntriesByType('navigation')[0].redirectEnd"
    )


def import_plant(page: Any, server: Server, file: Any) -> None:
    today = datetime.now(ZoneInfo("Europe/Berlin")).date().isoformat()
    open_page(page, f"{server.url}/import/")
    page.set_input_files("[name=file]", file)
    page.get_by_label("Where it comes from").select_option(label="frePPLe")
    page.get_by_label("Code of the new site").fill("FACTORY")
    page.get_by_label("Its time zone").fill("Europe/Berlin")
    page.get_by_label("Let the plan begin on").fill(today)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_text("opens the new site FACTORY").wait_for()
    demands = page.get_by_role("row").filter(has=page.get_by_text("Demand", exact=True))
    assert demands.locator("td").all_inner_texts() == ["–", "220", "–"]  # changed, new, as before
    page.get_by_role("button", name="Import it").click()
    page.get_by_text("Taken over:").wait_for()


def open_board(page: Any) -> None:
    page.wait_for_selector("[data-island=board][data-ready]", timeout=60_000)
    ready(page)


def settled(page: Any) -> None:
    page.wait_for_selector("[data-island=board]:not([data-busy])")


def drag_later(page: Any, i: int, seconds: float) -> None:
    """With the mouse, after zooming out until both places can be seen."""
    page.evaluate(f"i => {BOARD}.view.centre(i)", i)
    place = page.evaluate(PLACE, [i, seconds])
    while place["to"] > place["right"] - 20:
        page.get_by_role("button", name="Zoom out").click()
        place = page.evaluate(PLACE, [i, seconds])
    page.mouse.move(place["x"], place["y"])
    page.mouse.down()
    page.mouse.move((place["x"] + place["to"]) / 2, place["y"])
    page.mouse.move(place["to"], place["y"])
    page.mouse.up()
    settled(page)


def test_from_a_foreign_file_to_reported_work_while_somebody_looks_on(
    page, second_page, fresh_server, shared_folder
):
    server = fresh_server
    file = shared_folder / "plants/frepple_manufacturing_demo/manufacturing_demo.json"

    # The first administrator brings the plant, plans it, and lets a supervisor in.
    first_log_in(page, server, "admin", one_time_password(server.said))
    import_plant(page, server, file)
    open_page(page, f"{server.url}/s/FACTORY/plan/")
    page.get_by_role("button", name="Plan the orders").click()
    open_board(page)
    planned = page.evaluate(BARS)
    assert len(planned) > 30

    said = server.obeya("account", "sabine", "--role", "supervisor", "--site", "FACTORY")
    first_log_in(second_page, server, "sabine", one_time_password(said))
    open_page(second_page, f"{server.url}/s/FACTORY/plan/")
    open_board(second_page)
    dispatch_page = second_page.context.new_page()
    open_page(dispatch_page, f"{server.url}/s/FACTORY/floor/")
    dispatch_page.get_by_text("Nothing to do yet").wait_for()
    board, dispatch = Follower(second_page, "board"), Follower(dispatch_page, "dispatch list")
    assert second_page.evaluate(BARS) == planned

    # Drag one operation: its order becomes late, and the answer says which and why.
    in_time = page.evaluate(LATENESS)
    tight = page.evaluate(TIGHTEST)
    board.awaits(f"() => {BOARD}.plan.json.revision === 1")
    drag_later(page, tight["i"], tight["spare"] + 2 * 86_400)
    board.saw_it_after(answered_at(page, "/plan/commands/"), "move")
    assert dict(page.evaluate(LATENESS))[tight["code"]] > 0
    toast = page.get_by_role("status").filter(has_text=f"{tight['code']}:").first
    print("the answer:", " ".join(toast.inner_text().split()))
    late = page.locator(".late").filter(has=page.get_by_text(tight["code"], exact=True))
    assert late.locator(".late__cause").inner_text() != ""
    moved = page.evaluate(BARS)
    assert moved != planned
    assert second_page.evaluate(BARS) == moved

    # Undo: in time again, every bar exactly where it was.
    board.awaits(f"() => {BOARD}.plan.json.revision === 2")
    own_board = Follower(page, "board")
    own_board.awaits(f"() => {BOARD}.plan.json.revision === 2")
    page.get_by_role("toolbar").get_by_role("button", name="Undo").click()
    own_board.sees()
    settled(page)
    board.saw_it_after(answered_at(page, "/plan/commands/"), "undo")
    assert page.evaluate(BARS) == planned
    assert page.evaluate(LATENESS) == in_time
    assert second_page.evaluate(BARS) == planned

    # Publish: the plan becomes the dispatch list.
    board.awaits(f"() => {BOARD}.plan.json.published_version !== null")
    dispatch.awaits("() => document.querySelector('#dispatch [data-status=ready]')")
    page.get_by_role("toolbar").get_by_role("button", name="Publish").click()
    dialog = page.get_by_role("dialog", name="Publish this plan?")
    dialog.get_by_text("jobs appear on the dispatch list").wait_for()
    dialog.get_by_role("button", name="Publish").click()
    page.get_by_text("is published.").first.wait_for()
    published_at = answered_at(page, "/plan/publish/")
    board.saw_it_after(published_at, "publish")
    dispatch.saw_it_after(published_at, "publish")

    # Start a job on its page, and report good pieces.
    open_page(page, f"{server.url}/s/FACTORY/floor/")
    row = page.locator("#dispatch li").filter(has_text="polished wooden panel").first
    code = row.get_by_role("link").first.inner_text()
    row.get_by_role("link").first.click()
    page.get_by_role("heading", name=code).wait_for()
    board.awaits(f"() => {BOARD}.plan.status.includes(3)")
    is_running = (
        "code => [...document.querySelectorAll('#dispatch [data-status=running]')]"
        ".some(row => row.textContent.includes(code))"
    )
    dispatch.awaits(is_running, code)
    page.get_by_role("button", name="Start").click()
    page.get_by_text(f"{code} runs.").wait_for()
    started_at = form_answered_at(page)
    board.saw_it_after(started_at, "start")
    dispatch.saw_it_after(started_at, "start")

    dispatch.awaits(
        "code => [...document.querySelectorAll('#dispatch [data-status=running]')]"
        ".some(row => row.textContent.includes(code) && row.textContent.includes('3 / '))",
        code,
    )
    page.get_by_label("Good").fill("3")
    page.get_by_role("button", name="Report").click()
    page.get_by_text(f"Reported on {code}.").wait_for()
    dispatch.saw_it_after(form_answered_at(page), "report")
    assert "3" in page.locator("#job-figures").get_by_text("Good").locator("..").inner_text()
    stock_moves = page.get_by_role("heading", name="Stock moves")
    moves = page.locator("section", has=stock_moves).locator("tbody tr")
    made = moves.filter(has_text="polished wooden panel").locator("td").all_inner_texts()
    print("stock moves:", [" ".join(each.split()) for each in moves.all_inner_texts()])
    assert made[-1] == "3"

    # The books agree.
    proofs = server.obeya("verify").splitlines()[:-1]
    assert len(proofs) > 5
    assert [line for line in proofs if not line.startswith("agrees ")] == []
    dispatch_page.close()
