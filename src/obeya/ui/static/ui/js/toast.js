// Short messages. Any code: dispatch "toast" with {text, tone, undo}. The server: header HX-Trigger
// {"toast": {...}} (obeya.ui.toasts). With `undo` (a URL to POST to) it stays ten seconds.
const region = document.getElementById("toasts");
const icons = { danger: "octagon-alert", warning: "triangle-alert", good: "circle-check", neutral: "info" };
const words = region?.dataset ?? {};

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg.namespaceURI, "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

export function toast({ text, tone = "neutral", undo = "", onUndo = null }) {
  if (!region) return;
  const box = make("div", `toast toast--${tone}`);
  box.append(icon(icons[tone] ?? "info"), make("p", "", text));
  if (undo || onUndo) {
    const button = make("button", "button button--small", words.undo);
    button.type = "button";
    if (undo) {
      button.setAttribute("hx-post", undo);
      button.setAttribute("hx-swap", "none");
    }
    button.addEventListener("click", () => { onUndo?.(); setTimeout(() => box.remove(), undo ? 300 : 0); });
    box.append(button, make("span", "toast__clock"));
  }
  show(box, tone === "danger" ? 20000 : undo || onUndo ? 10000 : 6000);
  return box;
}

function show(box, lasts) {
  const close = make("button", "button button--quiet button--icon button--small");
  close.type = "button";
  close.setAttribute("aria-label", words.close);
  close.append(icon("x"));
  close.addEventListener("click", () => box.remove());
  box.append(close);
  region.append(box);
  window.htmx?.process(box);
  raise();
  let timer = setTimeout(() => box.remove(), lasts);
  const hold = () => clearTimeout(timer);
  const release = () => { hold(); timer = setTimeout(() => box.remove(), 3000); };
  box.addEventListener("pointerenter", hold);
  box.addEventListener("pointerleave", release);
  box.addEventListener("focusin", hold);
  box.addEventListener("focusout", release);
}

function raise() { // above an open dialog
  if (!region.showPopover) return;
  const isOpen = region.matches(":popover-open");
  if (isOpen && !document.querySelector("dialog[open]")) return;
  if (isOpen) region.hidePopover();
  region.showPopover();
}

const sentences = {
  401: words.signIn, 403: words.forbidden, 404: words.gone, 413: words.tooLarge, 429: words.tooOften,
};

document.addEventListener("toast", event => toast(event.detail));
document.addEventListener("htmx:response:error", event => {
  const { ctx } = event.detail;
  const status = ctx.response?.status ?? 0;
  if (status === 409 || status === 422) return; // swapped: the page itself says what is wrong
  if (ctx.response?.headers?.get("HX-Trigger")) return; // the server has said it
  toast({ text: sentences[status] ?? words.failed, tone: "danger" });
});
document.addEventListener("htmx:error", () => toast({ text: words.offline, tone: "danger" }));

if (region) {
  for (const box of [...region.children]) show(box, box.classList.contains("toast--danger") ? 20000 : 8000);
  if (!region.children.length) region.showPopover?.();
}
