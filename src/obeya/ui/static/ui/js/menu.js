// <details class="menu">: one open at a time, closed by Escape, by a choice, or by looking elsewhere.
const open = () => document.querySelectorAll("details:is(.menu, .drawer)[open]");

document.addEventListener("click", event => {
  for (const menu of open()) {
    const chosen = event.target.closest("a.menu__item, button.menu__item:not([data-stays])");
    if (!menu.contains(event.target) || chosen) menu.open = false;
  }
});

document.addEventListener("focusin", event => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", event => {
  const menu = event.target.closest?.("details:is(.menu, .drawer)[open]");
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const items = [...menu.querySelectorAll(".menu__item")];
  const next = items[(items.indexOf(document.activeElement) + step + items.length) % items.length];
  next?.focus();
  event.preventDefault();
});
