// What lies under and over the bars: shading, grid, lines, and the bar under the pointer.
import { GROUP, HEAD, ROW, visible } from "./geometry.js";

export function ground(p) {
  const { g, view } = p, c = p.colours, { plan } = view;
  const rows = p.rowsInView(), isDense = view.k * 86400 < 36;
  const target = p.drag ? new Set(plan.eligible[p.drag.i] ?? []) : null;
  for (const r of rows) {
    const y = view.rowY(r);
    if (!isDense) {
      g.fillStyle = c["board-closed"];
      for (const [from, to] of visible(plan.rows[r].closed, view.t0, view.t1)) g.fillRect(view.x(from), y, (to - from) * view.k, ROW);
    }
    for (const [from, to, text] of plan.rows[r].down) hatch(p, view.x(from), y, (to - from) * view.k, ROW, text);
    if (target && target.has(r)) { g.fillStyle = c["accent-soft"]; g.globalAlpha = .55; g.fillRect(view.x0, y, view.w, ROW); g.globalAlpha = 1; }
  }
  if (plan.json.frozen_until > view.t0) {
    g.fillStyle = c["board-frozen"];
    g.fillRect(view.x0, HEAD, view.x(plan.json.frozen_until) - view.x0, view.h);
  }
  g.strokeStyle = c.line;
  g.lineWidth = 1;
  g.beginPath();
  for (const t of p.times.ticks(view.t0, view.t1, p.times.step(view.k, 56))) { const x = Math.round(view.x(t)) + .5; g.moveTo(x, HEAD); g.lineTo(x, view.foot); }
  for (const r of rows) { const y = Math.round(view.rowY(r) + ROW) - .5; g.moveTo(view.x0, y); g.lineTo(view.x1, y); }
  g.stroke();
  for (const band of view.bands) { g.fillStyle = c.sunken; g.fillRect(view.x0, HEAD + band.y - view.y, view.w, GROUP); }
}

export function marks(p) {
  const { plan } = p.view, c = p.colours, order = p.selected < 0 ? -1 : plan.order[p.selected];
  if (plan.json.frozen_until > plan.json.now) line(p, plan.json.frozen_until, c["line-strong"], [3, 3]);
  line(p, plan.json.now, c.accent);
  if (order >= 0) line(p, plan.orders.due[order], plan.orders.late_s[order] > 0 ? c["danger-fill"] : c["good-fill"], [6, 4]);
}

export function dragged(p) {
  const { g, view, drag } = p, { plan } = view, c = p.colours;
  if (!drag) return;
  const allowed = new Set(plan.eligible[drag.i] ?? []);
  g.fillStyle = c.surface;
  g.globalAlpha = .62;
  for (const r of p.rowsInView()) if (!allowed.has(r)) g.fillRect(view.x0, view.rowY(r), view.w, ROW - 1);
  g.globalAlpha = 1;
  const old = view.box(drag.i), length = plan.end[drag.i] - plan.from[drag.i];
  g.strokeStyle = c["line-strong"];
  g.lineWidth = 1.5;
  g.setLineDash([4, 3]);
  g.strokeRect(old.x + .5, old.y + .5, old.w - 1, old.h - 1);
  g.setLineDash([]);
  const y = view.rowY(drag.row) + 3, x = view.x(drag.from), w = length * view.k;
  g.fillStyle = drag.isEligible ? c.accent : c["danger-fill"];
  g.fillRect(x, y, w, ROW - 6);
  g.fillStyle = c["ink-on-accent"];
  g.font = `600 11.5px ${c.font}`;
  if (w > 40) g.fillText(plan.label[drag.i].slice(0, Math.floor(w / 6.6)), x + 5, y + (ROW - 6) / 2);
}

function hatch(p, x, y, w, h, text = "") {
  const { g } = p, c = p.colours;
  if (x + w < p.view.x0 || x > p.view.x1) return;
  g.save();
  g.beginPath();
  g.rect(x, y, w, h);
  g.clip();
  g.strokeStyle = c["warning-fill"];
  g.lineWidth = 2;
  g.beginPath();
  for (let s = Math.max(x, p.view.x0 - h) - h; s < Math.min(x + w, p.view.x1); s += 8) { g.moveTo(s, y + h); g.lineTo(s + h, y); }
  g.stroke();
  if (w > 40 && text) { g.fillStyle = c.surface; g.fillRect(x + 4, y + 7, Math.min(w - 8, g.measureText(text).width + 8), h - 14); g.fillStyle = c.warning; g.fillText(text, x + 8, y + h / 2); }
  g.restore();
}

function line(p, t, colour, dash = []) {
  const { g, view } = p, x = Math.round(view.x(t)) + .5;
  if (x < view.x0 || x > view.x1) return;
  g.strokeStyle = colour;
  g.lineWidth = 1.5;
  g.setLineDash(dash);
  g.beginPath();
  g.moveTo(x, HEAD);
  g.lineTo(x, view.foot);
  g.stroke();
  g.setLineDash([]);
}
