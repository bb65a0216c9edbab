"""The board of the gallery, with invented bars and no server: where a bar lies, and a drag."""

BOARD = "document.querySelector('[data-island]').board"


#: A bar that may be moved to another row, and where it lies on the screen.
MOVABLE = f"""() => {{
  const board = {BOARD}, {{ plan, view }} = board, at = board.canvas.getBoundingClientRect();
  const i = plan.label.findIndex((_, k) => !plan.isFixed(k) && plan.from[k] > 21600
    && plan.eligible[k].length > 1 && view.box(k).x < 600 && view.box(k).w > 40);
  const row = plan.eligible[i].find(r => r !== plan.row[i]), box = view.box(i);
  const barred = plan.rows.findIndex((_, r) => !plan.eligible[i].includes(r));
  return {{ i, row, from: plan.from[i], old: plan.row[i], x: at.x + box.x + 12,
    y: at.y + box.y + box.h / 2, rowY: at.y + view.rowY(row) + 15,
    barredY: at.y + view.rowY(barred) + 15, hour: 3600 * view.k }};
}}"""


def place(page, i):
    return page.evaluate(f"i => [{BOARD}.plan.row[i], {BOARD}.plan.from[i]]", i)


def settled(page):
    page.wait_for_selector("[data-island]:not([data-busy])")


def drag(page, bar, dx, y, *, keys=(), drop=True):
    page.mouse.move(bar["x"], bar["y"])
    page.mouse.down()
    for key in keys:
        page.keyboard.down(key)
    page.mouse.move(bar["x"] + dx / 2, bar["y"] + (y - bar["y"]) / 2)
    page.mouse.move(bar["x"] + dx, y)
    if drop:
        page.mouse.up()
        settled(page)
    for key in keys:
        page.keyboard.up(key)
