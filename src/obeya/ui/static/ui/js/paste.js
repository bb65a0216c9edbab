// A block of cells pasted on a page that has one table for it goes to that table's form:
// <form data-paste><textarea name="text">. With several, to the one in whose data-paste-zone one is.
const isBlock = text => /[\t\n]/.test(text.trim());
const typing = target => target.closest?.("input, textarea, select, [contenteditable]");

function formFor(target) {
  const zone = target.closest?.("[data-paste-zone]");
  if (zone) return zone.querySelector("form[data-paste]");
  const forms = document.querySelectorAll("form[data-paste]");
  return forms.length === 1 ? forms[0] : null;
}

document.addEventListener("paste", event => {
  if (event.defaultPrevented || typing(event.target) || document.querySelector("dialog[open]")) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const form = formFor(event.target);
  if (!form || !isBlock(text)) return;
  event.preventDefault();
  form.elements.text.value = text;
  form.requestSubmit();
});
