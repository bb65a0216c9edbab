// <button data-theme-choice="light|dark|auto">: remembered in a cookie, so that the server renders it.
const dark = matchMedia("(prefers-color-scheme: dark)");

function announce() {
  document.dispatchEvent(new CustomEvent("themechange"));
}

function mark() {
  const now = document.documentElement.dataset.theme ?? "auto";
  for (const button of document.querySelectorAll("[data-theme-choice]"))
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
}

document.addEventListener("click", event => {
  const choice = event.target.closest("[data-theme-choice]")?.dataset.themeChoice;
  if (!choice) return;
  document.documentElement.dataset.theme = choice;
  document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax`;
  mark();
  announce();
});
dark.addEventListener("change", announce);
mark();
