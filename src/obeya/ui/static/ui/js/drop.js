// <label class="drop"><input type="file" data-most-bytes data-too-large>…<span class="drop__name" data-none="…">:
// drag a file in, or choose it. What the server would refuse for its size is not sent.
function show(area) {
  const input = area.querySelector("input[type=file]"), files = [...input.files];
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const refusal = bytes > Number(input.dataset.mostBytes ?? Infinity) ? input.dataset.tooLarge : "";
  input.setCustomValidity(refusal);
  const name = area.querySelector(".drop__name");
  if (name) name.textContent = [files.map(file => file.name).join(", ") || name.dataset.none || "", refusal].filter(Boolean).join(" · ");
}

function areaOf(event) {
  const area = event.target.closest?.(".drop");
  if (area) event.preventDefault();
  return area;
}

document.addEventListener("dragover", event => areaOf(event)?.setAttribute("data-over", ""));
document.addEventListener("dragleave", event => areaOf(event)?.removeAttribute("data-over"));
document.addEventListener("drop", event => {
  const area = areaOf(event);
  if (!area) return;
  area.removeAttribute("data-over");
  const input = area.querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("change", event => {
  const area = event.target.closest?.(".drop");
  if (area) show(area);
});
document.addEventListener("submit", event => { // forms that let the server judge have novalidate
  const inputs = [...event.target.querySelectorAll(".drop input[type=file]")];
  const refused = inputs.find(input => input.validity.customError);
  if (!refused) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  refused.reportValidity();
}, true);
