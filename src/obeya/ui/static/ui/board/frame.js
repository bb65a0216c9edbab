// The frame round the bars: names of the rows, the time axis, the whole plan in small.
import { GROUP, HEAD, MAP, ROW } from "./geometry.js";

const label = row => row.name && row.name !== row.code ? `${row.code}  ${row.name}` : row.code;
const nameFont = c => `550 12px ${c.font}`;
const smallFont = c => `400 11px ${c.font}`;

export function gutter(p) { // as wide as the longest name, but at most a fifth of a wide board
  const { g, view } = p, { rows } = view.plan, widest = (font, text) => {
    g.font = font(p.colours);
    return Math.max(0, ...rows.map(row => g.measureText(text(row)).width)) + 34;
  };
  const whole = widest(nameFont, label), most = Math.min(Math.max(150, view.w * .2), view.w * .28);
  p.isStacked = whole > most; // the name below the code, where both have no room side by side
  if (!p.isStacked) return Math.max(Math.min(150, view.w * .28), whole);
  const stacked = Math.max(widest(nameFont, row => row.code), widest(smallFont, row => row.name ?? ""));
  return Math.min(Math.max(150, stacked), view.w * .28);
}

export function names(p) {
  const { g, view } = p, { plan } = view, c = p.colours, x = view.rtl ? view.x1 : 0;
  g.fillStyle = c.surface;
  g.fillRect(x, HEAD, view.left, view.foot - HEAD);
  g.save();
  g.beginPath();
  g.rect(x, HEAD, view.left, view.foot - HEAD);
  g.clip();
  g.textBaseline = "middle";
  g.textAlign = view.rtl ? "right" : "left";
  const inset = view.rtl ? x + view.left - 12 : 12, target = p.drag ? new Set(plan.eligible[p.drag.i] ?? []) : null;
  for (const r of p.rowsInView()) {
    const row = plan.rows[r], y = view.rowY(r) + ROW / 2;
    g.globalAlpha = target && !target.has(r) ? .4 : 1;
    g.fillStyle = c.ink;
    g.font = nameFont(c);
    const room = view.left - (target?.has(r) ? 34 : 20);
    const isTwo = p.isStacked && row.name && row.name !== row.code;
    g.fillText(clip(p, isTwo ? row.code : label(row), room), inset, isTwo ? y - 6.5 : y);
    if (isTwo) {
      g.font = smallFont(c);
      g.fillStyle = c["ink-soft"];
      g.fillText(clip(p, row.name, room), inset, y + 6.5);
    }
    if (target?.has(r)) { g.fillStyle = c.accent; g.beginPath(); g.arc(view.rtl ? x + 12 : view.left - 12, y, 4, 0, 7); g.fill(); }
  }
  g.globalAlpha = 1;
  g.font = `600 11px ${c.font}`;
  for (const band of view.bands) {
    const y = HEAD + band.y - view.y;
    g.fillStyle = c.sunken;
    g.fillRect(x, y, view.left, GROUP);
    g.fillStyle = c["ink-soft"];
    g.fillText(`${view.folded.has(band.group) ? "▸" : "▾"} ${clip(p, band.group, view.left - 34)}`, inset, y + GROUP / 2);
  }
  g.restore();
  g.textAlign = "left";
  g.fillStyle = c.line;
  g.fillRect(view.rtl ? view.x1 : view.left - 1, HEAD, 1, view.foot - HEAD);
}

export function head(p) {
  const { g, view, times } = p, c = p.colours;
  g.fillStyle = c.surface;
  g.fillRect(0, 0, view.w, HEAD);
  g.save();
  g.beginPath();
  g.rect(view.x0, 0, view.x1 - view.x0, HEAD);
  g.clip();
  g.textBaseline = "middle";
  const fine = times.step(view.k, 56), coarse = fine < 86400 ? 86400 : 28 * 86400;
  g.strokeStyle = c.line;
  g.beginPath();
  g.font = `400 11px ${c.font}`;
  g.fillStyle = c["ink-soft"];
  for (const t of times.ticks(view.t0, view.t1, fine)) { const x = view.x(t); g.fillText(times.say(fine < 86400 ? "hour" : "short", t), x + 5, HEAD - 11); g.moveTo(Math.round(x) + .5, HEAD - 20); g.lineTo(Math.round(x) + .5, HEAD); }
  g.stroke();
  g.font = `600 11.5px ${c.font}`;
  g.fillStyle = c.ink;
  if (fine < 86400) {
    const days = times.ticks(view.t0 - 86400, view.t1, coarse);
    days.forEach((t, d) => {
      const right = d + 1 < days.length ? view.x(days[d + 1]) : view.x1, text = times.say("day", t), x = Math.max(view.x(t), view.x0) + 5;
      if (x + g.measureText(text).width < right - 4) g.fillText(text, x, 12);
    });
  }
  flag(p, view.plan.json.now, c.accent, c["ink-on-accent"], p.words.now);
  const order = p.selected < 0 ? -1 : view.plan.order[p.selected];
  if (order >= 0) flag(p, view.plan.orders.due[order], view.plan.orders.late_s[order] > 0 ? c["danger-fill"] : c["good-fill"], c.surface, p.words.dueFlag);
  if (p.drag) flag(p, p.drag.from, c.ink, c.surface, times.say("hour", p.drag.from));
  g.restore();
  g.fillStyle = c.line;
  g.fillRect(0, HEAD - 1, view.w, 1);
}

export function minimap(p) {
  const { g, view } = p, c = p.colours, { start, end } = view.plan.json, w = view.x1 - view.x0;
  g.fillStyle = c.sunken;
  g.fillRect(0, view.foot, view.w, MAP);
  if (!p.map || p.map.length !== Math.max(1, w >> 1)) p.map = load(p, Math.max(1, w >> 1), start, end);
  g.fillStyle = c["line-strong"];
  const step = w / p.map.length;
  p.map.forEach((share, at) => g.fillRect(view.x0 + at * step, view.foot + MAP - 3 - share * (MAP - 8), step, share * (MAP - 8)));
  const at = t => view.x0 + Math.min(1, Math.max(0, (t - start) / (end - start))) * w;
  g.strokeStyle = c.accent;
  g.lineWidth = 1.5;
  g.strokeRect(at(view.t0) + 1, view.foot + 2, Math.max(6, at(view.t1) - at(view.t0) - 2), MAP - 4);
}

function clip(p, text, room) {
  const { g } = p;
  if (g.measureText(text).width <= room) return text;
  while (text.length > 2 && g.measureText(`${text}…`).width > room) text = text.slice(0, -1);
  return `${text}…`;
}

function flag(p, t, ground, ink, text) {
  const { g, view } = p, x = view.x(t);
  if (x < view.x0 || x > view.x1) return;
  g.font = `600 10.5px ${p.colours.font}`;
  const w = g.measureText(text).width + 10;
  const left = Math.min(Math.max(view.x0, x - w / 2), view.x1 - w);
  g.fillStyle = ground;
  g.fillRect(left, HEAD - 17, w, 16);
  g.fillStyle = ink;
  g.fillText(text, left + 5, HEAD - 8.5);
}

function load(p, n, start, end) { // how many bars run in each slice of time, as a share of the busiest
  const steps = new Float64Array(n + 1), { plan } = p.view, slot = t => Math.min(n, Math.max(0, Math.floor((t - start) / (end - start) * n)));
  for (let i = 0; i < plan.n; i++) { steps[slot(plan.from[i])]++; steps[slot(plan.end[i])]--; }
  let sum = 0;
  const load = Array.from({ length: n }, (_, s) => (sum += steps[s])), most = Math.max(1, ...load);
  return load.map(each => each / most);
}
