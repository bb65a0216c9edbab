// <time datetime data-relative>: "4 min ago" kept true. The server has written the site's own time.
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto", style: "short" });
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];

export function relative(date, now = Date.now()) {
  const seconds = (date - now) / 1000;
  for (const [unit, size] of STEPS)
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  return words.format(0, "second");
}

function refresh() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    time.title ||= time.textContent.trim();
    time.textContent = relative(new Date(time.dateTime));
  }
}

document.addEventListener("htmx:after:swap", refresh);
setInterval(refresh, 30000);
refresh();
