// The planning board: an island that shows a draft plan and sends what people do to it.
// It reads one JSON, posts commands, and computes no rule of the plant (see api.js).
// In a command, `row` is the code of a machine and `start` the wished begin of the run (column start).
import { onLive } from "../js/live.js";
import { toast } from "../js/toast.js";
import { Api } from "./api.js";
import { palette, Painter } from "./draw.js";
import { gutter } from "./frame.js";
import { View } from "./geometry.js";
import { listen } from "./input.js";
import { Panels } from "./panels.js";
import { Plan } from "./plan.js";
import { Times } from "./times.js";
import { awaited } from "./waiting.js";
import { dialogs } from "./dialogs.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Board {
  constructor(root, api) {
    this.root = root;
    this.api = api;
    this.host = root.querySelector('[data-board="canvas"]');
    this.canvas = this.host.querySelector("canvas");
    this.find = root.querySelector('[data-board="find"]');
    this.words = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    this.panels = new Panels(root, this.words);
    this.isBusy = false;
    this.newest = 0;
    this.lookedAt = -500;
  }

  async open() {
    const asked = new URLSearchParams(location.search);
    const json = await awaited(this.root, () => this.api.load(asked.get("step") ?? ""));
    this.times = new Times(json.origin, json.zone, document.documentElement.lang);
    this.view = new View(new Plan(json));
    this.painter = new Painter(this.canvas, this.view, this.times);
    this.painter.words = this.words;
    this.opened = json.figures;
    this.#resize();
    this.#theme();
    this.view.left = gutter(this.painter);
    const span = (this.view.x1 - this.view.x0) * 300; // five minutes a pixel: labels can be read
    this.view.show(json.now - span * .06, json.now + span * .94);
    new ResizeObserver(() => this.#resize()).observe(this.host);
    document.addEventListener("themechange", () => this.#theme());
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.#theme());
    addEventListener("beforeprint", () => this.#onPaper(true));
    addEventListener("afterprint", () => this.#onPaper(false));
    listen(this);
    dialogs(this);
    this.#surround();
    onLive("plan", message => this.#heard(message));
    onLive("jobs", message => this.#workWentOn(message));
    this.#begin(asked);
    this.draw();
    this.root.dataset.ready = "";
    document.dispatchEvent(new Event("island:ready"));
  }

  #begin(asked) { // where an address leads: ?step=, the operation of an order, or what ?find= finds
    const i = asked.get("step") ? this.plan.at.get(this.plan.json.chosen) : undefined;
    if (i !== undefined) this.#goTo(i);
    else if (asked.get("step")) toast({ text: this.words.gone, tone: "warning" });
    else if (asked.get("find") && !this.jump(asked.get("find"))) toast({ text: this.words.notFound, tone: "warning" });
  }

  get plan() { return this.view.plan; }

  #resize() {
    const ratio = devicePixelRatio || 1, { view, canvas, host } = this;
    view.w = host.clientWidth;
    view.h = host.clientHeight;
    if (this.painter.colours) view.left = gutter(this.painter);
    view.rtl = getComputedStyle(host).direction === "rtl";
    canvas.width = view.w * ratio;
    canvas.height = view.h * ratio;
    this.painter.g.setTransform(ratio, 0, 0, ratio, 0, 0);
    view.show(view.t0, view.t1);
    this.ask();
  }

  #theme() {
    this.painter.colours = palette(this.host);
    this.ask();
  }

  #onPaper(isPaper) { // paper is light
    const { dataset } = document.documentElement;
    if (isPaper) { this.screenTheme = dataset.theme; dataset.theme = "light"; } else dataset.theme = this.screenTheme;
    this.#theme();
    this.painter.draw();
  }

  #surround() { // everything round the canvas that depends on the plan
    const { plan, times, panels } = this, { json } = plan;
    panels.lateOrders(plan, times, order => this.#goToOrder(order));
    panels.figures(json.figures);
    panels.table(plan, times, { show: i => this.#goTo(i), move: i => { this.select(i); this.openMove(); } });
    for (const button of this.root.querySelectorAll("[data-verb]"))
      button.disabled = (button.dataset.needs === "edit" && !json.can_edit) || (button.dataset.needs === "bar" && (!json.can_edit || this.painter.selected < 0));
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.asked = false;
    const { motion } = this.painter;
    if (motion) {
      motion.share = Math.min(1, (performance.now() - motion.began) / 450);
      if (motion.share >= 1) this.painter.motion = null;
      this.ask();
    }
    this.painter.draw();
  }

  // looking ---------------------------------------------------------------

  zoom(factor) { this.view.zoom(factor); this.ask(); }
  fit() { this.view.fit(); this.ask(); }
  fold(group) { if (!this.view.folded.delete(group)) this.view.folded.add(group); this.view.layout(); this.view.pan(0, 0); this.ask(); }

  look(x) { // a press on the small map
    const { view } = this, { start, end } = this.plan.json, half = (view.t1 - view.t0) / 2;
    const middle = start + (x - view.x0) / (view.x1 - view.x0) * (end - start);
    view.show(middle - half, middle + half);
    this.ask();
  }

  point(i, spot) {
    if (i !== this.painter.hover) { this.painter.hover = i; this.canvas.dataset.over = i < 0 ? "sheet" : this.#mayMove(i) ? "bar" : "fixed"; this.ask(); }
    this.panels.tooltip(this.plan, this.times, i, spot, this.view);
  }

  select(i, isCentred = false) {
    const { painter, plan, times, panels } = this;
    painter.selected = i;
    if (i >= 0 && isCentred) this.#reveal(i);
    panels.chosen(plan, times, i);
    panels.say(i < 0 ? "" : [plan.label[i], ...panels.facts(plan, times, i).map(fact => fact.join(": "))].join(", "));
    this.#surround();
    this.ask();
    clearTimeout(this.asking);
    if (i >= 0) this.asking = setTimeout(() => this.#why(i), 150);
  }

  async #why(i) {
    const html = await this.api.fragment("why", { draft: this.plan.json.draft, operation: this.plan.id[i] });
    if (!html || this.painter.selected !== i) return;
    const box = document.createElement("div");
    box.innerHTML = html;
    this.panels.part("chosen").append(box);
    window.htmx?.process(box);
  }

  #reveal(i) {
    const box = this.view.box(i), { view } = this;
    if (box.x < view.x0 || box.x + Math.min(box.w, 60) > view.x1 || box.y < 50 || box.y + 30 > view.foot) view.centre(i);
  }

  #goTo(i) { this.select(i); this.view.centre(i); this.ask(); this.canvas.focus(); }
  #goToOrder(order) { const last = this.plan.chains.get(order)?.reduce((a, b) => this.plan.end[a] > this.plan.end[b] ? a : b); if (last !== undefined) this.#goTo(last); }

  showChain() {
    const { plan, view } = this, chain = plan.chain(this.painter.selected);
    if (!chain.length) return;
    const from = Math.min(...chain.map(i => plan.from[i])), to = Math.max(...chain.map(i => plan.end[i]));
    view.show(from - (to - from) * .08, to + (to - from) * .08, Math.min(...chain.map(i => view.top[plan.row[i]])) - 30);
    this.ask();
  }

  jump(text) { // to an operation, an order or a customer; whether something was found
    const wanted = text.trim().toLowerCase(), { orders } = this.plan;
    if (!wanted) return false;
    const order = orders.code.findIndex((code, o) => code.toLowerCase().includes(wanted) || orders.customer[o]?.toLowerCase().includes(wanted));
    const i = this.plan.label.findIndex(label => label.toLowerCase().includes(wanted));
    const row = this.plan.rows.findIndex(each => each.code.toLowerCase().includes(wanted));
    if (order >= 0 && this.plan.chains.has(order)) this.#goToOrder(order);
    else if (i >= 0) this.#goTo(i);
    else if (row >= 0 && this.plan.byRow[row].length) this.#goTo(this.plan.byRow[row][0]);
    else return false;
    return true;
  }

  // moving ----------------------------------------------------------------

  #mayMove(i) { return this.plan.json.can_edit && !this.plan.isFixed(i) && !this.isBusy; }

  lift(i) {
    if (!this.#mayMove(i)) {
      if (this.plan.isFixed(i)) this.panels.say(this.words.fixed);
      return false;
    }
    if (this.painter.selected !== i) this.select(i);
    this.panels.tooltip(this.plan, this.times, -1);
    this.painter.drag = { i, row: this.plan.row[i], from: this.plan.from[i], isEligible: true };
    this.ask();
    return true;
  }

  carry(from, row, isSnapped) {
    const { drag } = this.painter;
    if (!drag) return;
    if (row >= 0) drag.row = row;
    drag.isEligible = (this.plan.eligible[drag.i] ?? []).includes(drag.row);
    drag.from = isSnapped ? this.view.snap(drag.i, drag.row, from) : Math.round(from / 60) * 60;
    this.panels.say(`${this.plan.rows[drag.row].code}, ${this.times.say("full", drag.from)}`);
    this.ask();
  }

  cancel() {
    if (!this.painter.drag) return;
    this.painter.drag = null;
    this.panels.say(this.words.cancelled);
    this.ask();
  }

  drop() {
    const { drag } = this.painter, { plan } = this;
    this.painter.drag = null;
    this.ask();
    if (!drag || (drag.row === plan.row[drag.i] && drag.from === plan.from[drag.i])) return;
    if (!drag.isEligible) { toast({ text: this.words.notHere, tone: "warning" }); return; }
    this.moveTo(drag.i, drag.row, drag.from + plan.start[drag.i] - plan.from[drag.i]);
  }

  moveTo(i, row, start) { return this.command("move", { operation: this.plan.id[i], row: this.plan.rows[row].code, row_index: row, start }); }

  toggleLock() {
    const i = this.painter.selected;
    if (i >= 0) this.command(this.plan.locked[i] ? "unlock" : "lock", { operation: this.plan.id[i] });
  }

  async command(kind, details = {}) {
    const { json } = this.plan;
    if (!json.can_edit || this.isBusy) return;
    this.isBusy = true;
    this.root.dataset.busy = "";
    try {
      this.#answer(await this.api.command({ draft: json.draft, revision: json.revision, basis: json.basis, kind, ...details }));
    } catch {
      toast({ text: this.words.offline, tone: "danger" });
    }
    this.isBusy = false;
    delete this.root.dataset.busy;
    if (this.isBehind) this.refetch();
    this.ask();
  }

  #answer(answer) {
    const { json } = this.plan;
    if (answer.verdict === "stale") {
      toast({ text: answer.reason || this.words.stale, tone: "warning" });
      if (answer.board) this.replace(answer.board); else this.refetch();
      return;
    }
    if (answer.verdict !== "accepted" && answer.verdict !== "repaired") {
      toast({ text: answer.reason || this.words.refused, tone: "danger" });
      return;
    }
    const before = json.figures;
    if (answer.board) this.replace(answer.board);
    else {
      json.revision = answer.revision;
      this.#animate(this.plan.apply(answer.changed));
      this.#lateness(answer);
      json.figures = answer.figures ?? before;
      for (const [name, value] of [["locked", answer.locked]]) (value ?? []).forEach(([id, on]) => { this.plan[name][this.plan.at.get(id)] = on; });
    }
    this.painter.map = null;
    this.select(this.painter.selected);
    this.panels.figures(this.plan.json.figures, before);
    this.#tell(answer);
  }

  #lateness({ late = {}, no_longer_late: met = [], orders = {} }) {
    const known = new Map(this.plan.orders.code.map((code, o) => [code, o]));
    for (const [code, news] of Array.isArray(late) ? late.map(each => [each.code, each]) : Object.entries(late)) {
      const o = known.get(code);
      if (o === undefined) continue;
      this.plan.orders.cause[o] = news.cause ?? String(news);
      const ends = (this.plan.chains.get(o) ?? []).map(i => this.plan.end[i]);
      this.plan.orders.late_s[o] = news.late_s ?? Math.max(1, Math.max(...ends) - this.plan.orders.due[o]);
    }
    for (const code of met) { const o = known.get(code); if (o !== undefined) this.plan.orders.late_s[o] = 0; }
    for (const [code, late_s] of Object.entries(orders)) if (known.has(code)) this.plan.orders.late_s[known.get(code)] = late_s;
  }

  #tell({ verdict, reason, late = {}, no_longer_late: met = [] }) {
    const news = Array.isArray(late) ? late.map(each => [each.code, each]) : Object.entries(late);
    const lines = news.slice(0, 3).map(([code, each]) => `${code}: ${each.cause ?? each}`);
    const text = [reason, news.length ? `${this.words.nowLate} ${lines.join(" ")}` : "", met.length ? `${this.words.nowMet} ${met.slice(0, 5).join(", ")}` : ""].filter(Boolean).join(" ");
    if (text) toast({ text, tone: news.length ? "danger" : verdict === "repaired" ? "warning" : "good", onUndo: () => this.command("undo") });
    this.panels.say(text || this.words.done);
  }

  #animate(before) {
    if (calm.matches || !before.size || before.size > 2000) return;
    this.painter.motion = { bars: before, began: performance.now(), share: 0 };
  }

  // other people ------------------------------------------------------------

  #heard({ draft, revision = 0, kind, by }) {
    const { json } = this.plan;
    if (kind === "published" || kind === "opened") { this.refetch(); return; }
    if (draft !== json.draft) return;
    this.newest = Math.max(this.newest, revision);
    if (!this.isBusy && revision > json.revision) this.refetch().then(() => by && this.panels.say(`${by}: ${kind}`));
  }

  #workWentOn({ kind = "" }) { // at once, then at most twice a second; pieces reported move no bar
    if (kind.endsWith("quantities_reported")) return;
    this.isOutdated = true;
    this.soon ||= setTimeout(() => {
      this.soon = 0;
      this.lookedAt = performance.now();
      if (!this.isBusy) this.refetch();
    }, Math.max(0, this.lookedAt + 500 - performance.now()));
  }

  get isBehind() { return this.isOutdated || this.newest > this.plan.json.revision; }

  async refetch() {
    if (this.fetching) return this.fetching;
    this.isOutdated = false;
    this.fetching = this.api.load().then(json => this.replace(json)).catch(() => toast({ text: this.words.offline, tone: "danger" }));
    await this.fetching;
    this.fetching = null;
    if (this.isBehind && !this.isBusy) return this.refetch();
  }

  replace(json) { // bars that lie elsewhere now move there
    const old = this.plan, { painter, view } = this, plan = new Plan(json), moved = new Map();
    const later = (Date.parse(json.origin) - Date.parse(old.json.origin)) / 1000; // both count from their own
    if (later) {
      this.times = painter.times = new Times(json.origin, json.zone, document.documentElement.lang);
      view.show(view.t0 - later, view.t1 - later);
    }
    const isSame = json.basis === old.json.basis; // else ids count otherwise: only names are the same
    const chosen = painter.selected < 0 ? null : isSame ? old.id[painter.selected] : old.name(painter.selected);
    if (painter.drag) this.cancel();
    for (let i = 0; isSame && i < plan.n; i++) {
      const j = old.at.get(plan.id[i]);
      if (j !== undefined && (old.row[j] !== plan.row[i] || old.from[j] !== plan.from[i] || old.end[j] !== plan.end[i]) && old.row[j] < plan.rows.length)
        moved.set(i, { row: old.row[j], from: old.from[j], start: old.start[j], end: old.end[j] });
    }
    this.newest = Math.max(this.newest, json.revision);
    if (json.draft !== old.json.draft) this.newest = json.revision;
    view.plan = plan;
    view.left = gutter(painter);
    view.layout();
    painter.map = null;
    painter.hover = -1;
    this.#animate(moved);
    this.select(chosen === null ? -1 : isSame ? plan.at.get(chosen) ?? -1 : plan.named(chosen));
  }
}

export function start(root, api) {
  const board = new Board(root, api ?? new Api(root.dataset));
  root.board = board; // for tests and for the room's own page
  return board.open();
}

for (const root of document.querySelectorAll('[data-island="board"]:not([data-demo])')) start(root);
