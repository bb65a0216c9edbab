// <button data-opens="id"> opens <dialog id>; <button data-closes> and a click on the backdrop close it.
// A dialog that htmx has just swapped in with data-open-now opens itself.
document.addEventListener("click", event => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target.matches?.("dialog[open]") && !inside(event)) event.target.close();
});

function inside(event) {
  const box = event.target.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  if (x === 0 && y === 0) return true; // made by the keyboard
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

function openNow(root) {
  for (const dialog of root.querySelectorAll?.("dialog[data-open-now]:not([open])") ?? []) {
    delete dialog.dataset.openNow;
    dialog.showModal();
  }
}

document.addEventListener("htmx:after:swap", () => openNow(document));
openNow(document);
