// <form data-guard>: leaving with unsaved changes asks first.
const dirty = new Set();

document.addEventListener("input", event => {
  const form = event.target.closest("form[data-guard]");
  if (form) dirty.add(form);
});
document.addEventListener("submit", event => dirty.delete(event.target));
document.addEventListener("reset", event => dirty.delete(event.target));

addEventListener("beforeunload", event => {
  for (const form of dirty) if (!form.isConnected) dirty.delete(form);
  if (dirty.size) event.preventDefault();
});
