// A board without a server: invented bars, and an answer to each command that looks like the real one.
import { start } from "../board/board.js";

const asked = new URLSearchParams(location.search);
const N = Number(asked.get("n") ?? 1200);
const MACHINES = Number(asked.get("machines") ?? Math.min(60, Math.max(12, N / 160)));
const GROUPS = ["Presses", "Turning", "Milling", "Assembly"];
const CODES = ["PRESS", "LATHE", "MILL", "ASSEMBLY"];
const ITEMS = ["HOUSING", "SHAFT", "COVER", "BRACKET", "PUMP", "FLANGE", "VALVE"];
const FIRMS = ["Northwind Pumps", "Alder & Sons", "Hansen Maskin", "Kovács Gépgyár", "Iberia Motores"];
const DAY = 86400;

let seed = 7;
const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
const pick = list => list[Math.floor(random() * list.length)];

function plan() {
  const rows = Array.from({ length: MACHINES }, (_, r) => ({
    code: `${CODES[Math.floor(r / MACHINES * 4)]}-${r + 1}`,
    name: "", group: GROUPS[Math.floor(r / MACHINES * 4)], closed: [], down: [],
  }));
  const last = 60 * DAY;
  for (const row of rows) for (let day = -1; day < 61; day++) row.closed.push([day * DAY + 17 * 3600, day * DAY + 29 * 3600]);
  rows[1].down.push([2 * DAY, 2 * DAY + 5 * 3600, "Hydraulics"]);
  const ops = { n: N, id: [], row: [], setup_start: [], start: [], end: [], order: [], label: [], status: [], family: [], locked: [], eligible: [] };
  const per = 4, count = Math.ceil(N / per), links = [];
  const orders = { code: [], customer: [], item: [], due: [], end: [], late_s: [], cause: [], demands: [] };
  const free = rows.map(() => Math.floor(random() * 4) * 1800 - 3600);
  for (let i = 0; i < N; i++) {
    const order = Math.floor(i / per), first = Math.floor(i % per / per * MACHINES), width = Math.max(2, Math.floor(MACHINES / per));
    const choice = [...new Set([0, 1, 2].map(() => Math.min(MACHINES - 1, first + Math.floor(random() * width))))];
    const row = choice.reduce((a, b) => free[a] <= free[b] ? a : b);
    const setup = random() < .4 ? 900 + Math.floor(random() * 4) * 600 : 0, run = 1800 + Math.floor(random() * 20) * 900;
    const before = i % per ? ops.end[i - 1] : 0, from = Math.max(free[row], before - setup);
    ops.id.push(1000 + i);
    ops.row.push(row);
    ops.setup_start.push(from);
    ops.start.push(from + setup);
    ops.end.push(from + setup + run);
    ops.order.push(order);
    ops.label.push(`${ITEMS[order % ITEMS.length]}-${order % 90} ${(i % per + 1) * 10}`);
    ops.status.push(from < -1800 ? 3 : from < 6 * 3600 ? 2 : from < 4 * DAY ? 1 : 0);
    ops.family.push(pick(ITEMS));
    ops.locked.push(i % 29 === 3 ? 1 : 0);
    ops.eligible.push(choice);
    free[row] = ops.end[i] + (random() < .2 ? 1800 : 0);
    if (i % per) links.push([i - 1, i]);
  }
  for (let o = 0; o < count; o++) {
    const end = ops.end[Math.min(N - 1, o * per + per - 1)], due = Math.max(DAY, end + Math.floor((random() - .12) * 4 * DAY));
    orders.code.push(`SO-${4400 + o}`);
    orders.customer.push(pick(FIRMS));
    orders.item.push(ITEMS[o % ITEMS.length]);
    orders.due.push(due);
    orders.end.push(end);
    orders.late_s.push(Math.max(0, end - due));
    orders.cause.push(end > due ? `${rows[ops.row[o * per]].code} is full until the day before.` : "");
    orders.demands.push([]);
  }
  return {
    draft: 7, revision: 1, base_version: 3, published_version: 3, can_edit: true, zone: "Europe/Berlin", origin: "2026-11-23T05:00:00Z",
    now: 0, start: -7200, end: Math.min(last, Math.max(...ops.end) + DAY), frozen_until: 4 * 3600, rows, ops, links, orders,
    figures: figures(orders, ops),
  };
}

function figures(orders, ops) {
  const late = orders.late_s.filter(each => each > 0), hours = seconds => Math.round(seconds / 360) / 10;
  return {
    late_orders: late.length, late_hours: hours(late.reduce((a, b) => a + b, 0)),
    setup_hours: hours(ops.start.reduce((sum, at, i) => sum + at - ops.setup_start[i], 0)), makespan_hours: hours(Math.max(...ops.end)),
  };
}

class Pretence {
  constructor() { this.json = plan(); this.done = []; this.undone = []; }
  async load() { return structuredClone(this.json); }
  async fragment() { return ""; }
  async publish() { this.json.published_version += 1; return { ok: true, answer: {} }; }

  async command({ kind, operation, row_index: row, start: wished }) {
    const { ops, orders } = this.json, i = ops.id.indexOf(operation);
    if (kind === "lock" || kind === "unlock") { ops.locked[i] = Number(kind === "lock"); return this.answer("accepted", [], { board: structuredClone(this.json) }); }
    if (kind === "undo" || kind === "redo") {
      const [from, to] = kind === "undo" ? [this.done, this.undone] : [this.undone, this.done], step = from.pop();
      if (!step) return { verdict: "refused", reason: "There is nothing to take back." };
      to.push(step.map(old => [old[0], ops.row[old[0]], ops.setup_start[old[0]], ops.start[old[0]], ops.end[old[0]]]));
      for (const [k, r, s, a, e] of step) Object.assign(ops, this.set(k, r, s, a, e));
      return this.answer("accepted", step.map(old => old[0]));
    }
    if (wished < this.json.frozen_until) return { verdict: "refused", reason: "Before 10:00 the plan is frozen. Drop it later, or ask for the fence to be moved." };
    const step = [], from = wished - (ops.start[i] - ops.setup_start[i]), note = k => step.push([k, ops.row[k], ops.setup_start[k], ops.start[k], ops.end[k]]);
    const shift = (k, by) => { note(k); this.set(k, ops.row[k], ops.setup_start[k] + by, ops.start[k] + by, ops.end[k] + by); };
    note(i);
    this.set(i, row, from, wished, from + ops.end[i] - ops.setup_start[i]);
    let free = ops.end[i]; // what is in the way gives way to the right
    const others = ops.id.map((_, k) => k).filter(k => k !== i && ops.row[k] === row && ops.end[k] > from).sort((a, b) => ops.setup_start[a] - ops.setup_start[b]);
    for (const k of others) { if (ops.setup_start[k] < free) shift(k, free - ops.setup_start[k]); free = Math.max(free, ops.end[k]); }
    this.done.push(step);
    this.undone = [];
    const pushed = step.length - 1, before = [...orders.late_s];
    const answer = this.answer(pushed ? "repaired" : "accepted", step.map(old => old[0]), pushed ? { reason: `${pushed} operations gave way to the right.` } : {});
    orders.code.forEach((code, o) => { if (orders.late_s[o] > 0 && before[o] <= 0) answer.late[code] = { cause: "it waits for the operation that you moved.", late_s: orders.late_s[o] }; });
    return answer;
  }

  set(k, r, s, a, e) { const { ops } = this.json; ops.row[k] = r; ops.setup_start[k] = s; ops.start[k] = a; ops.end[k] = e; return {}; }

  answer(verdict, touched, more = {}) {
    const { ops, orders } = this.json, column = name => touched.map(k => ops[name][k]), before = [...orders.late_s];
    for (const k of touched) {
      const o = ops.order[k], chain = ops.order.map((each, i) => each === o ? ops.end[i] : 0);
      orders.end[o] = Math.max(...chain);
      orders.late_s[o] = Math.max(0, orders.end[o] - orders.due[o]);
    }
    this.json.figures = figures(orders, ops);
    return {
      verdict, revision: ++this.json.revision, late: {}, no_longer_late: orders.code.filter((_, o) => before[o] > 0 && !orders.late_s[o]), figures: this.json.figures,
      changed: { id: column("id"), row: column("row"), setup_start: column("setup_start"), start: column("start"), end: column("end") }, ...more,
    };
  }
}

start(document.querySelector('[data-island="board"]'), new Pretence());
