// The plan in columns: bars by row, chains by order. Pure: no DOM, no drawing.
// A bar runs from setup_start to end; all times are seconds from the origin of the board.

export class Plan {
  constructor(json) {
    const { ops, rows } = json;
    this.json = json;
    this.rows = rows;
    this.n = ops.n;
    this.id = ops.id;
    this.row = Uint16Array.from(ops.row);
    this.from = Float64Array.from(ops.setup_start);
    this.start = Float64Array.from(ops.start);
    this.end = Float64Array.from(ops.end);
    this.order = Int32Array.from(ops.order);
    this.status = Uint8Array.from(ops.status);
    this.locked = Uint8Array.from(ops.locked);
    this.label = ops.label;
    this.eligible = ops.eligible;
    this.orders = json.orders;
    this.at = new Map(ops.id.map((id, i) => [id, i]));
    this.lane = new Uint8Array(this.n);
    this.chains = new Map();
    for (let i = 0; i < this.n; i++) {
      if (!this.chains.has(this.order[i])) this.chains.set(this.order[i], []);
      this.chains.get(this.order[i]).push(i);
    }
    this.linksOf = new Map();
    for (const link of json.links) this.#link(link);
    const members = rows.map(() => []);
    for (let i = 0; i < this.n; i++) members[this.row[i]].push(i);
    this.byRow = members;
    this.maxEnd = [];
    this.lanes = [];
    rows.forEach((_, r) => this.index(r));
  }

  #link(link) {
    const order = this.order[link[0]];
    if (!this.linksOf.has(order)) this.linksOf.set(order, []);
    this.linksOf.get(order).push(link);
  }

  index(r) { // by begin, with the running latest end: a binary search then finds overlapping bars too
    const { from, end } = this;
    const bars = this.byRow[r].sort((a, b) => from[a] - from[b] || a - b);
    let latest = -Infinity;
    this.maxEnd[r] = Float64Array.from(bars, i => (latest = Math.max(latest, end[i])));
    const ends = [];
    for (const i of bars) { // bars that run at once share the row's height
      let lane = ends.findIndex(until => until <= from[i]);
      if (lane < 0) lane = ends.length;
      ends[lane] = end[i];
      this.lane[i] = lane;
    }
    this.lanes[r] = Math.max(1, ends.length);
  }

  first(r, t) { // the first bar of the row that may still be seen at t
    const latest = this.maxEnd[r];
    let low = 0, high = latest.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (latest[middle] < t) low = middle + 1; else high = middle;
    }
    return low;
  }

  place(i, row, from, start, end) {
    const old = this.row[i];
    if (old !== row) {
      this.byRow[old].splice(this.byRow[old].indexOf(i), 1);
      this.byRow[row].push(i);
      this.row[i] = row;
    }
    this.from[i] = from;
    this.start[i] = start;
    this.end[i] = end;
    return old === row ? [row] : [old, row];
  }

  apply(changed) { // the columns of an answer; gives back where each changed bar was
    const before = new Map();
    const touched = new Set();
    (changed?.id ?? []).forEach((id, k) => {
      const i = this.at.get(id);
      if (i === undefined) return;
      before.set(i, { row: this.row[i], from: this.from[i], start: this.start[i], end: this.end[i] });
      for (const r of this.place(i, changed.row[k], changed.setup_start[k], changed.start[k], changed.end[k])) touched.add(r);
    });
    for (const r of touched) this.index(r);
    return before;
  }

  chain(i) { return i < 0 ? [] : this.order[i] < 0 ? [i] : this.chains.get(this.order[i]); }
  links(i) { return i < 0 || this.order[i] < 0 ? [] : this.linksOf.get(this.order[i]) ?? []; }
  name(i) { return `${this.label[i]} ${this.orders.code[this.order[i]] ?? ""}`; }
  named(name) { for (let i = 0; i < this.n; i++) if (this.name(i) === name) return i; return -1; }
  isLate(i) { return this.order[i] >= 0 && this.orders.late_s[this.order[i]] > 0; }
  isFixed(i) { return this.locked[i] === 1 || this.status[i] >= 3; }

  neighbour(i, step) { // along the row, then on to the next row that has bars
    const r = i < 0 ? 0 : this.row[i];
    const at = i < 0 ? -step : this.byRow[r].indexOf(i);
    const here = this.byRow[r][i < 0 ? 0 : at + step];
    if (here !== undefined) return here;
    for (let k = 1; k <= this.rows.length; k++) {
      const bars = this.byRow[(r + step * k + this.rows.length * k) % this.rows.length];
      if (bars.length) return step > 0 ? bars[0] : bars[bars.length - 1];
    }
    return i;
  }

  span() {
    let from = Infinity, to = -Infinity;
    for (let i = 0; i < this.n; i++) {
      if (this.from[i] < from) from = this.from[i];
      if (this.end[i] > to) to = this.end[i];
    }
    return from < to ? [from, to] : [this.json.start, this.json.end];
  }
}
