// One stream of server-sent events a page: <div id="live" hx-sse:connect="/events/?topics=plan,jobs">.
// A fragment refreshes by hx-trigger="plan from:#live delay:200ms"; an island listens with onLive().
const stream = document.getElementById("live");

export function onLive(topic, react) {
  stream?.addEventListener(topic, event => {
    let message = {};
    try { message = JSON.parse(event.detail.data); } catch { /* a topic without data is a bare hint */ }
    react(message);
  });
}

if (stream) {
  const state = document.getElementById("live-state");
  const broken = yes => {
    if (state) state.hidden = !yes;
    stream.dataset.state = yes ? "broken" : "open";
  };
  stream.addEventListener("htmx:sse:after:connection", () => broken(false));
  stream.addEventListener("htmx:sse:error", () => broken(true));
  stream.addEventListener("htmx:sse:close", event => { if (event.detail.reason === "ended") broken(true); });
}
