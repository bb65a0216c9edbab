// <body data-ready> says: the page is drawn, and every [data-island] on it has said so too.
function look() {
  const islands = [...document.querySelectorAll("[data-island]")];
  if (islands.every(island => "ready" in island.dataset)) document.body.dataset.ready = "";
}

document.addEventListener("island:ready", look);
look();
