// <label class="drop"><input type="file">…<span class="drop__name" data-none="…">: drag a file in, or choose it.
function show(area) {
  const files = [...area.querySelector("input[type=file]").files];
  const name = area.querySelector(".drop__name");
  if (name) name.textContent = files.map(file => file.name).join(", ") || name.dataset.none || "";
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
