// Pointer, wheel and keys, turned into the board's few gestures: look, select, drag, drop.
import { HEAD } from "./geometry.js";

const FAR = 4; // pixels before a press becomes a drag
const LONG = 350; // ms before a finger on a bar drags it rather than the sheet

export function listen(board) {
  const { canvas } = board;
  const fingers = new Map();
  let press = null, wait = 0;

  const at = event => ({ x: event.offsetX, y: event.offsetY });

  canvas.addEventListener("pointerdown", event => {
    const { view } = board, spot = at(event);
    canvas.setPointerCapture(event.pointerId);
    canvas.dataset.pointed = ""; // no focus ring for whoever points
    canvas.focus({ preventScroll: true });
    fingers.set(event.pointerId, spot);
    if (fingers.size === 2) { press = null; clearTimeout(wait); board.cancel(); return; }
    if (spot.y > view.foot) { press = { kind: "map" }; board.look(spot.x); return; }
    const i = view.hit(spot.x, spot.y);
    press = { kind: i >= 0 && event.pointerType !== "touch" ? "bar" : "sheet", i, spot, last: spot, hold: i < 0 ? 0 : view.t(spot.x) - view.plan.from[i] };
    if (i >= 0 && event.pointerType === "touch")
      wait = setTimeout(() => { if (press && !press.moved) { press.kind = "bar"; board.lift(i); } }, LONG);
  });

  canvas.addEventListener("pointermove", event => {
    const { view } = board, spot = at(event);
    if (fingers.size === 2 && fingers.has(event.pointerId)) { pinch(view, event.pointerId, spot); board.ask(); return; }
    if (!press) { board.point(view.hit(spot.x, spot.y), spot); return; }
    if (press.kind === "map") { board.look(spot.x); return; }
    press.moved ||= Math.hypot(spot.x - press.spot.x, spot.y - press.spot.y) > FAR;
    if (!press.moved) return;
    if (press.kind === "bar") {
      if (!board.painter.drag && !board.lift(press.i)) press.kind = "sheet";
      else board.carry(view.t(spot.x) - press.hold, view.rowAt(spot.y), !event.shiftKey);
    }
    if (press.kind === "sheet") { view.pan(spot.x - press.last.x, spot.y - press.last.y); board.ask(); }
    press.last = spot;
  });

  function pinch(view, id, spot) {
    const [a, b] = [...fingers.values()], before = Math.hypot(a.x - b.x, a.y - b.y);
    fingers.set(id, spot);
    const [c, d] = [...fingers.values()], after = Math.hypot(c.x - d.x, c.y - d.y);
    view.pan((c.x + d.x - a.x - b.x) / 2, (c.y + d.y - a.y - b.y) / 2);
    view.zoom(before / Math.max(1, after), (c.x + d.x) / 2);
  }

  canvas.addEventListener("pointerup", event => {
    fingers.delete(event.pointerId);
    clearTimeout(wait);
    const { view } = board, done = press;
    press = null;
    if (!done || done.kind === "map") return;
    if (board.painter.drag) { board.drop(); return; }
    if (done.moved) return;
    const band = done.i < 0 && view.bandAt(done.spot.y);
    if (band && done.spot.y > HEAD) board.fold(band.group);
    else board.select(done.i);
  });
  canvas.addEventListener("pointercancel", event => { fingers.delete(event.pointerId); clearTimeout(wait); press = null; board.cancel(); });
  canvas.addEventListener("pointerleave", () => board.point(-1));
  canvas.addEventListener("dblclick", () => board.openMove());
  canvas.addEventListener("contextmenu", event => { if (press) event.preventDefault(); });

  canvas.addEventListener("wheel", event => {
    event.preventDefault();
    const { view } = board, overNames = event.offsetX < view.x0 || event.offsetX > view.x1;
    if (event.shiftKey || overNames) view.pan(0, -(event.deltaY || event.deltaX));
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.pan(-event.deltaX, 0);
    else view.zoom(Math.exp(event.deltaY * .0015), event.offsetX);
    board.ask();
  }, { passive: false });

  canvas.addEventListener("keydown", event => { delete canvas.dataset.pointed; if (key(board, event)) event.preventDefault(); });
  canvas.addEventListener("keyup", event => { if (event.key === "Alt" && board.painter.drag && !press) { event.preventDefault(); board.drop(); } });
  canvas.addEventListener("blur", () => { if (!press) board.cancel(); });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function key(board, event) { // whether the board has used it
  const { view, painter } = board, arrow = ARROWS[event.key], isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key.toLowerCase() === "z") { board.command(event.shiftKey ? "redo" : "undo"); return true; }
  if (isCommand && event.key.toLowerCase() === "y") { board.command("redo"); return true; }
  if (arrow && event.altKey) return nudge(board, ...arrow, event.shiftKey);
  if (arrow) {
    const [dx, dy] = arrow, reach = isCommand ? 1 : .15;
    view.pan(-dx * (view.x1 - view.x0) * reach, -dy * (isCommand ? view.foot - HEAD : 30));
    board.ask();
    return true;
  }
  if (isCommand || event.altKey) return false;
  if (event.key === "Escape") {
    if (painter.drag) board.cancel();
    else if (painter.selected >= 0) board.select(-1);
    else return false;
    return true;
  }
  if (event.key === "Tab") { // walks the bars while one is selected; Escape lets go, then Tab leaves
    if (painter.selected < 0) return false;
    const next = view.plan.neighbour(painter.selected, event.shiftKey ? -1 : 1);
    if (next < 0) return false;
    board.select(next, true);
    return true;
  }
  const verbs = {
    Enter: () => painter.selected < 0 ? board.select(view.plan.neighbour(-1, 1), true) : board.openMove(),
    Home: () => { view.show(0, view.t1 - view.t0); board.ask(); },
    f: () => board.fit(),
    p: () => board.showChain(),
    l: () => board.toggleLock(),
    m: () => board.openMove(),
    "+": () => board.zoom(.7),
    "=": () => board.zoom(.7),
    "-": () => board.zoom(1 / .7),
    "/": () => board.find.focus(),
  };
  const verb = verbs[event.key];
  if (verb) verb();
  return Boolean(verb);
}

function nudge(board, dx, dy, isFine) { // Alt carries the bar; letting Alt go drops it
  const { painter, view } = board, i = painter.selected;
  if (i < 0 || (!painter.drag && !board.lift(i))) return true;
  const step = isFine ? 60 : [300, 900, 1800, 3600].find(each => each * view.k >= 6) ?? 7200;
  const { drag } = painter, targets = [...view.plan.eligible[i]].sort((a, b) => a - b);
  const row = dy ? (dy > 0 ? targets.find(r => r > drag.row) : targets.findLast(r => r < drag.row)) ?? drag.row : drag.row;
  board.carry(drag.from + dx * step, row, false);
  return true;
}
