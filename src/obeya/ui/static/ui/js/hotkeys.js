// data-hotkey="b", "g t" (one after the other) or "Control+k" on a link, button or field.
// "?" lists them. Keys of one letter can be switched off there (WCAG 2.1.4).
const OFF = "hotkeys-off";
let pending = "";
let timer = 0;

const lettersOff = () => localStorage.getItem(OFF) === "1";
const typing = target => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const visible = element => element.checkVisibility?.() ?? true;
const owners = () => [...document.querySelectorAll("[data-hotkey]")].filter(visible);

function name(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Control");
  if (event.altKey) parts.push("Alt");
  parts.push(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return parts.join("+");
}

function use(element) {
  if (element.matches("input, textarea, select")) {
    element.focus();
    element.select?.();
  } else element.click();
}

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing) return;
  const key = name(event);
  const plain = !/^(Control|Alt)\+/.test(key);
  if (plain && (typing(event.target) || lettersOff() || document.querySelector("dialog[open]"))) return;
  const sequence = pending ? `${pending} ${key}` : key;
  const all = owners();
  const owner = all.find(item => item.dataset.hotkey === sequence) ?? all.find(item => item.dataset.hotkey === key);
  clearTimeout(timer);
  pending = "";
  if (owner) {
    event.preventDefault();
    use(owner);
  } else if (key === "?" && help) {
    event.preventDefault();
    list();
  } else if (plain && all.some(item => item.dataset.hotkey.startsWith(`${sequence} `))) {
    pending = sequence;
    timer = setTimeout(() => { pending = ""; }, 1200);
  }
});

const help = document.getElementById("hotkeys");

function list() {
  const body = help.querySelector("[data-hotkeys-list]");
  body.replaceChildren(...owners().map(owner => {
    const row = document.createElement("div");
    row.className = "row row--apart";
    const label = document.createElement("span");
    label.textContent = owner.dataset.hotkeyLabel || owner.getAttribute("aria-label") || owner.textContent.trim();
    const keys = document.createElement("span");
    keys.className = "row";
    keys.append(...owner.dataset.hotkey.split(" ").map(key => Object.assign(document.createElement("kbd"), { textContent: key.replace("Control", "Ctrl") })));
    row.append(label, keys);
    return row;
  }));
  help.showModal();
}

const choice = help?.querySelector("[data-hotkeys-off]");
if (choice) {
  choice.checked = lettersOff();
  choice.addEventListener("change", () => localStorage.setItem(OFF, choice.checked ? "1" : "0"));
}
document.addEventListener("click", event => { if (event.target.closest("[data-hotkeys-show]")) list(); });
