// What stands round the canvas: figures, late orders, the tooltip, the table twin, spoken words.
const PAGE = 100;

function make(tag, className, text = "", attributes = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export class Panels {
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.part = name => root.querySelector(`[data-board="${name}"]`);
    this.tip = this.part("tip");
    this.page = 0;
  }

  figures(now, before = null) { // with what the last command changed, for a while
    for (const tile of this.root.querySelectorAll("[data-figure]")) {
      const value = now[tile.dataset.figure];
      if (value === undefined) continue;
      tile.querySelector("[data-value]").textContent = Number(value).toLocaleString(document.documentElement.lang);
      const chip = tile.querySelector("[data-delta]");
      const delta = before ? Math.round((value - before[tile.dataset.figure]) * 10) / 10 : 0;
      chip.hidden = !delta;
      chip.textContent = `${delta > 0 ? "▲ +" : "▼ −"}${Math.abs(delta)}`;
      chip.dataset.is = delta > 0 ? "worse" : "better";
    }
    const late = this.root.querySelector('[data-figure="late_orders"]');
    if (late) late.toggleAttribute("data-abnormal", now.late_orders > 0);
  }

  lateOrders(plan, times, go) {
    const { orders } = plan, list = this.part("late");
    const late = orders.code.map((_, o) => o).filter(o => orders.late_s[o] > 0).sort((a, b) => orders.late_s[b] - orders.late_s[a]);
    this.part("late-count").textContent = String(late.length);
    this.part("late-none").hidden = late.length > 0;
    this.part("late-unknown").hidden = true;
    list.replaceChildren(...late.map(o => {
      const button = make("button", "late", "", { type: "button" });
      const head = make("span", "late__head");
      head.append(make("strong", "", orders.code[o]), make("span", "late__days", times.lasting(orders.late_s[o])));
      button.append(head, make("span", "late__who clip", [orders.customer[o], orders.item[o]].filter(Boolean).join(" · ")));
      if (orders.cause[o]) button.append(make("span", "late__cause", orders.cause[o]));
      button.addEventListener("click", () => go(o));
      const item = make("li");
      item.append(button);
      return item;
    }));
  }

  facts(plan, times, i) {
    const o = plan.order[i], { orders } = plan;
    const rows = [
      [this.words.machine, plan.rows[plan.row[i]].code],
      [this.words.begin, times.say("full", plan.start[i])],
      [this.words.end, times.say("full", plan.end[i])],
    ];
    if (plan.start[i] > plan.from[i]) rows.push([this.words.setup, times.lasting(plan.start[i] - plan.from[i])]);
    rows.push([this.words.state, this.words.states[plan.status[i]] ?? ""]);
    if (plan.locked[i]) rows.push([this.words.locked, "✓"]);
    if (o >= 0) {
      rows.push([this.words.order, [orders.code[o], orders.customer[o]].filter(Boolean).join(" · ")]);
      rows.push([this.words.due, times.say("full", orders.due[o])]);
      if (orders.late_s[o] > 0) rows.push([this.words.late, times.lasting(orders.late_s[o])]);
    }
    return rows;
  }

  list(rows) {
    const list = make("dl", "facts facts--tight");
    for (const [term, value] of rows) list.append(make("dt", "", term), make("dd", "", value));
    return list;
  }

  tooltip(plan, times, i, spot, area) {
    this.tip.hidden = i < 0;
    if (i < 0) return;
    if (this.tip.dataset.at !== String(i)) {
      this.tip.dataset.at = i;
      this.tip.replaceChildren(make("strong", "", plan.label[i]), this.list(this.facts(plan, times, i)));
    }
    const { offsetWidth: w, offsetHeight: h } = this.tip;
    const x = spot.x + 16 + w > area.w ? spot.x - w - 12 : spot.x + 16;
    const y = spot.y + 18 + h > area.h ? spot.y - h - 10 : spot.y + 18;
    this.tip.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
  }

  say(text) { this.part("say").textContent = text; }

  chosen(plan, times, i) {
    const box = this.part("chosen");
    this.part("chosen-none").hidden = i >= 0;
    box.replaceChildren();
    if (i < 0) return;
    box.append(make("h3", "", plan.label[i]), this.list(this.facts(plan, times, i)));
  }

  table(plan, times, act) { // drawn only while it is open
    const box = this.part("table");
    if (!box.open) return;
    const order = plan.byRow.flat(), pages = Math.max(1, Math.ceil(order.length / PAGE));
    this.page = Math.min(Math.max(0, this.page), pages - 1);
    const body = order.slice(this.page * PAGE, (this.page + 1) * PAGE).map(i => {
      const row = make("tr"), o = plan.order[i];
      const late = o >= 0 && plan.orders.late_s[o] > 0 ? times.lasting(plan.orders.late_s[o]) : "";
      const name = make("th", "", "", { scope: "row" });
      const show = make("button", "button button--quiet button--small", plan.label[i], { type: "button" });
      show.addEventListener("click", () => act.show(i));
      name.append(show);
      row.append(make("td", "", plan.rows[plan.row[i]].code), name, ...[times.say("full", plan.from[i]), times.say("full", plan.end[i]), o < 0 ? "" : plan.orders.code[o], late].map(text => make("td", "", text)));
      const cell = make("td"), move = make("button", "button button--small", this.words.move, { type: "button", "aria-label": `${this.words.move} ${plan.label[i]}` });
      move.disabled = !plan.json.can_edit || plan.isFixed(i);
      move.addEventListener("click", () => act.move(i));
      cell.append(move);
      row.append(cell);
      return row;
    });
    box.querySelector("tbody").replaceChildren(...body);
    this.part("table-page").textContent = `${this.page + 1} / ${pages}`;
  }
}
