// The board's buttons and dialogs: move without dragging, publish, jump to.
import { toast } from "../js/toast.js";

export function dialogs(board) {
  const part = board.panels.part, { words, root } = board;
  const verbs = {
    undo: () => board.command("undo"),
    redo: () => board.command("redo"),
    replan: () => board.command("replan"),
    closer: () => board.zoom(.7),
    wider: () => board.zoom(1 / .7),
    fit: () => board.fit(),
    chain: () => board.showChain(),
    lock: () => board.toggleLock(),
    move: () => board.openMove(),
    publish: () => askPublish(),
    print: () => print(),
    previous: () => turn(-1),
    next: () => turn(1),
  };
  root.addEventListener("click", event => verbs[event.target.closest("[data-verb]")?.dataset.verb]?.());

  function turn(step) {
    board.panels.page += step;
    board.select(board.painter.selected);
  }
  part("table").addEventListener("toggle", () => turn(0));

  part("find-form").addEventListener("submit", event => {
    event.preventDefault();
    if (!board.jump(board.find.value)) toast({ text: words.notFound, tone: "warning" });
  });
  board.find.addEventListener("keydown", event => { if (event.key === "Escape") board.canvas.focus(); });

  const move = part("move");
  board.openMove = () => {
    const i = board.painter.selected, { plan, times } = board;
    if (i < 0 || !plan.json.can_edit) return;
    if (plan.isFixed(i)) { toast({ text: words.fixed, tone: "warning" }); return; }
    move.querySelector("[data-move-title]").textContent = plan.label[i];
    const select = move.querySelector("select");
    select.replaceChildren(...plan.eligible[i].map(r => new Option(`${plan.rows[r].code} ${plan.rows[r].name ?? ""}`, r, false, r === plan.row[i])));
    move.querySelector("input").value = times.toLocal(plan.start[i]);
    move.showModal();
  };
  move.querySelector("form").addEventListener("submit", event => {
    event.preventDefault();
    const start = board.times.fromLocal(move.querySelector("input").value);
    if (Number.isNaN(start)) return;
    move.close();
    board.moveTo(board.painter.selected, Number(move.querySelector("select").value), start);
  });

  const publish = part("publish");
  async function askPublish() { // the room may answer GET with its own account of what changes
    const { json } = board.plan, box = publish.querySelector("[data-publish-what]");
    const told = await board.api.fragment("publish", { draft: json.draft });
    if (told) box.innerHTML = told;
    else box.replaceChildren(board.panels.list([
      [words.revision, String(json.revision)],
      [words.lateOrders, `${board.opened.late_orders} → ${json.figures.late_orders}`],
      [words.setupHours, `${board.opened.setup_hours} → ${json.figures.setup_hours}`],
    ]));
    publish.showModal();
  }
  publish.querySelector("form").addEventListener("submit", async event => {
    event.preventDefault();
    publish.close();
    const { json } = board.plan;
    try {
      const { ok, answer } = await board.api.publish({ draft: json.draft, revision: json.revision });
      toast({ text: answer.reason || (ok ? words.published : words.refused), tone: ok ? "good" : "danger" });
    } catch {
      toast({ text: words.offline, tone: "danger" });
    }
    board.refetch();
  });
}
