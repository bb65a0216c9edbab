// Ctrl-K: <dialog id="palette" data-url>. The endpoint answers {"items": [{title, url, group}]} for ?q=.
const dialog = document.getElementById("palette");

if (dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const empty = dialog.querySelector(".palette__empty");
  let asked = 0;
  let answered = null;
  let chosen = -1;
  let pause = 0;

  const options = () => [...list.children];

  function choose(index) {
    const all = options();
    if (!all.length) return;
    chosen = (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function option({ title, url, group = "" }, index) {
    const row = document.createElement("div");
    row.id = `palette-${index}`;
    row.setAttribute("role", "option");
    row.dataset.url = url;
    const words = Object.assign(document.createElement("span"), { textContent: title, className: "clip" });
    const place = Object.assign(document.createElement("span"), { textContent: group, className: "palette__group" });
    row.append(words, place);
    return row;
  }

  async function ask() {
    const mine = ++asked;
    const text = input.value;
    const url = new URL(dialog.dataset.url, location.href);
    url.searchParams.set("q", text);
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (mine !== asked || !response.ok) return; // a newer question is under way
    const { items } = await response.json();
    answered = text;
    list.replaceChildren(...items.map(option));
    empty.hidden = items.length > 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    chosen = -1;
    choose(0);
  }

  function go(row) {
    if (row) location.assign(row.dataset.url);
  }

  async function enter() { // never to the answer of an older question
    clearTimeout(pause); // else it asks again meanwhile, and our answer is dropped as the older one
    if (answered !== input.value) await ask();
    if (answered === input.value) go(options()[chosen]);
  }

  document.addEventListener("click", event => {
    if (!event.target.closest("[data-palette-open]")) return;
    dialog.showModal();
    input.select();
    ask();
  });
  input.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(ask, 120); });
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") enter();
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", event => go(event.target.closest("[role=option]")));
}
