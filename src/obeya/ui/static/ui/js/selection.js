// A list with checkboxes: header ticks the page; Shift extends; the bulk bar shows how many.
// [data-selection] holds [data-pick] boxes, [data-pick-page], [data-bulk], [data-bulk-count], [data-pick-filter].
let last = null;

const boxes = root => [...root.querySelectorAll("[data-pick]")];

function refresh(root) {
  const all = boxes(root);
  const ticked = all.filter(box => box.checked).length;
  const head = root.querySelector("[data-pick-page]");
  if (head) {
    head.checked = ticked > 0 && ticked === all.length;
    head.indeterminate = ticked > 0 && ticked < all.length;
  }
  const bulk = root.querySelector("[data-bulk]");
  if (!bulk) return;
  bulk.toggleAttribute("data-active", ticked > 0);
  const everything = bulk.querySelector("[data-pick-filter]");
  if (everything && ticked < all.length) everything.checked = false;
  const count = bulk.querySelector("[data-bulk-count]");
  count.textContent = everything?.checked ? count.dataset.all : String(ticked);
}

document.addEventListener("change", event => {
  const root = event.target.closest("[data-selection]");
  if (!root) return;
  if (event.target.matches("[data-pick-page]"))
    for (const box of boxes(root)) box.checked = event.target.checked;
  refresh(root);
});

document.addEventListener("click", event => {
  const box = event.target.closest("[data-pick]");
  const root = event.target.closest("[data-selection]");
  if (box && root) {
    const all = boxes(root);
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const between of all.slice(from, to + 1)) between.checked = box.checked;
      refresh(root);
    }
    last = box;
  }
  if (event.target.closest("[data-pick-none]") && root) {
    for (const each of boxes(root)) each.checked = false;
    refresh(root);
  }
});

// rows by keyboard: j and k (or the arrows) move, Enter opens, x ticks
document.addEventListener("keydown", event => {
  const row = event.target.closest?.("[data-selection] tbody tr");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...row.parentElement.rows];
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step) rows[rows.indexOf(row) + step]?.querySelector("a, input")?.focus();
  else if (event.key === "x") row.querySelector("[data-pick]")?.click();
  else return;
  event.preventDefault();
});

document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-selection]").forEach(refresh));
document.querySelectorAll("[data-selection]").forEach(refresh); // the browser restores ticks on Back
