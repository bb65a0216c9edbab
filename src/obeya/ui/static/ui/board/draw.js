// Paints a View of a Plan. Grey when normal; colour for what is late, selected or refused.
import { bars, links } from "./bars.js";
import { head, minimap, names } from "./frame.js";
import { HEAD, ROW } from "./geometry.js";
import { dragged, ground, marks } from "./ground.js";

const NAMES = ["canvas", "surface", "sunken", "line", "line-strong", "ink", "ink-soft", "accent", "accent-soft", "ink-on-accent", "danger", "danger-fill", "warning", "warning-fill", "good-fill", "board-bar", "board-bar-ink", "board-started", "board-proposed", "board-setup", "board-closed", "board-frozen"];

export function palette(element) { // once per theme change: canvas knows no custom properties
  const probe = document.createElement("i");
  probe.style.transitionProperty = "none"; // else the first colour is still on its way
  element.append(probe);
  const colours = {};
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  colours.font = getComputedStyle(element).fontFamily;
  probe.remove();
  return colours;
}

export class Painter {
  constructor(canvas, view, times) {
    this.canvas = canvas;
    this.g = canvas.getContext("2d", { alpha: false });
    this.view = view;
    this.times = times;
    this.selected = -1;
    this.hover = -1;
    this.drag = null; // {i, row, from, isEligible}
    this.motion = null; // {bars: Map(i → old place), share: 0..1}
    this.map = null;
  }

  draw() {
    const { g, view } = this, { plan } = view, c = this.colours;
    this.drawn = 0;
    this.chain = new Set(plan.chain(this.selected));
    g.fillStyle = c.surface;
    g.fillRect(0, 0, view.w, view.h);
    g.save();
    g.beginPath();
    g.rect(view.x0, HEAD, view.x1 - view.x0, view.foot - HEAD);
    g.clip();
    ground(this);
    bars(this);
    links(this);
    marks(this);
    dragged(this);
    g.restore();
    names(this);
    head(this);
    minimap(this);
  }

  rowsInView() {
    const { view } = this, rows = [];
    for (let r = 0; r < view.top.length; r++) {
      const y = view.rowY(r);
      if (y > view.foot) break;
      if (y + ROW > HEAD && !view.isFolded(r)) rows.push(r);
    }
    return rows;
  }

  place(i) { // where the bar is now, on its way while it moves
    const { plan } = this.view, old = this.motion?.bars.get(i);
    if (!old) return this.view.box(i);
    const a = this.view.box(i, old.row, old.from, old.end), b = this.view.box(i), s = 1 - (1 - this.motion.share) ** 3;
    return { x: a.x + (b.x - a.x) * s, y: a.y + (b.y - a.y) * s, w: a.w + (b.w - a.w) * s, h: plan.lanes[plan.row[i]] > 1 ? b.h : a.h };
  }
}
