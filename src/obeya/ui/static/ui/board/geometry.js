// Where each bar lies on the canvas, and which bar lies where. Pure: no DOM, no drawing.

export const ROW = 30;
export const GROUP = 22;
export const HEAD = 44;
export const MAP = 26;
const MINUTE = 60;
const DAY = 86400;

export class View {
  constructor(plan) {
    this.plan = plan;
    this.t0 = 0;
    this.t1 = 7 * DAY;
    this.y = 0;
    this.w = this.h = 100;
    this.left = 150;
    this.rtl = false;
    this.folded = new Set();
    this.layout();
  }

  layout() { // the top of each row, with a band above each group
    this.top = [];
    this.bands = [];
    let y = 0, group = null;
    this.plan.rows.forEach((row, r) => {
      if (row.group && row.group !== group) {
        this.bands.push({ group: row.group, y });
        y += GROUP;
      }
      group = row.group;
      this.top[r] = y;
      if (!this.folded.has(group)) y += ROW;
    });
    this.total = y;
  }

  get x0() { return this.rtl ? 0 : this.left; } // time runs left to right in every language
  get x1() { return this.rtl ? this.w - this.left : this.w; }
  get foot() { return this.h - MAP; }
  get k() { return (this.x1 - this.x0) / (this.t1 - this.t0); }
  x(t) { return this.x0 + (t - this.t0) * this.k; }
  t(x) { return this.t0 + (x - this.x0) / this.k; }
  rowY(r) { return HEAD + this.top[r] - this.y; }
  isFolded(r) { return this.folded.has(this.plan.rows[r].group); }

  box(i, row = this.plan.row[i], from = this.plan.from[i], end = this.plan.end[i]) {
    const lanes = this.plan.lanes[row], height = (ROW - 6) / lanes;
    const lane = Math.min(this.plan.lane[i], lanes - 1);
    return { x: this.x(from), y: this.rowY(row) + 3 + lane * height, w: (end - from) * this.k, h: Math.max(3, height - (lanes > 1 ? 1 : 0)) };
  }

  show(t0, t1, y = this.y) {
    const span = Math.min(Math.max(t1 - t0, 10 * MINUTE), 800 * DAY), middle = (t0 + t1) / 2;
    this.t0 = middle - span / 2;
    this.t1 = middle + span / 2;
    this.y = Math.max(0, Math.min(y, this.total - (this.foot - HEAD)));
  }

  zoom(factor, x = (this.x0 + this.x1) / 2) {
    const t = this.t(x);
    this.show(t - (t - this.t0) * factor, t + (this.t1 - t) * factor);
  }

  pan(dx, dy) { this.show(this.t0 - dx / this.k, this.t1 - dx / this.k, this.y - dy); }

  fit() {
    const [from, to] = this.plan.span();
    const edge = (to - from) * .03;
    this.show(from - edge, to + edge);
  }

  centre(i) {
    const { plan } = this, half = (this.t1 - this.t0) / 2, middle = (plan.from[i] + plan.end[i]) / 2;
    if (this.folded.delete(plan.rows[plan.row[i]].group)) this.layout();
    this.show(middle - half, middle + half, this.top[plan.row[i]] - (this.foot - HEAD) / 2);
  }

  rowAt(y) {
    if (y < HEAD || y > this.foot) return -1;
    const want = y - HEAD + this.y;
    let low = 0, high = this.top.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top[middle] <= want) low = middle; else high = middle - 1;
    }
    while (low > 0 && this.isFolded(low)) low--;
    return want >= this.top[low] && want < this.top[low] + ROW && !this.isFolded(low) ? low : -1;
  }

  bandAt(y) {
    const want = y - HEAD + this.y;
    return this.bands.find(band => want >= band.y && want < band.y + GROUP);
  }

  hit(x, y) {
    const r = this.rowAt(y);
    if (r < 0 || x < this.x0 || x > this.x1) return -1;
    const { plan } = this, bars = plan.byRow[r], slack = 3 / this.k, t = this.t(x);
    let found = -1;
    for (let j = plan.first(r, t - slack); j < bars.length && plan.from[bars[j]] <= t + slack; j++) {
      const i = bars[j], box = this.box(i);
      if (plan.end[i] < t - slack || y < box.y - 2 || y > box.y + box.h + 2) continue;
      found = i;
      if (plan.from[i] <= t && plan.end[i] >= t) return i;
    }
    return found;
  }

  snap(i, row, from) { // to a neighbour's end or begin, to the end of a break, to now; else to a round time
    const { plan } = this, reach = 8 / this.k, length = plan.end[i] - plan.from[i];
    const edges = [plan.json.now];
    const bars = plan.byRow[row];
    for (let j = plan.first(row, from - reach); j < bars.length && plan.from[bars[j]] <= from + length + reach; j++)
      if (bars[j] !== i) edges.push(plan.end[bars[j]], plan.from[bars[j]] - length);
    for (const [, to] of plan.rows[row].closed) if (Math.abs(to - from) <= reach) edges.push(to);
    const near = edges.filter(edge => Math.abs(edge - from) <= reach).sort((a, b) => Math.abs(a - from) - Math.abs(b - from));
    if (near.length) return near[0];
    const grid = [1, 5, 15, 30, 60].find(minutes => minutes * MINUTE * this.k >= 4) ?? 60;
    return Math.round(from / (grid * MINUTE)) * grid * MINUTE;
  }
}

export function visible(intervals, t0, t1) { // sorted, disjoint [from, to]: those that touch the window
  let low = 0, high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervals[middle][1] < t0) low = middle + 1; else high = middle;
  }
  const found = [];
  for (; low < intervals.length && intervals[low][0] <= t1; low++) found.push(intervals[low]);
  return found;
}
