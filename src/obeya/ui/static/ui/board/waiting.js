// What stands on the board before its plan is there: that it is coming, or that it did not come.
// Nothing is known until then, so every figure is a dash and no button of the plan can be pressed.
export async function awaited(root, load) {
  const part = name => root.querySelector(`[data-board="${name}"]`);
  const [loading, failed, retry] = ["loading", "failed", "retry"].map(part);
  const show = state => {
    root.setAttribute("aria-busy", String(state === "loading"));
    loading.hidden = state !== "loading";
    failed.hidden = state !== "failed";
  };
  for (;;) {
    show("loading");
    try {
      const json = await load();
      show("");
      return json;
    } catch (error) {
      console.warn(error);
      show("failed");
      await new Promise(again => {
        retry.addEventListener("click", again, { once: true });
        addEventListener("online", again, { once: true }); // nobody has to stand by
      });
    }
  }
}
