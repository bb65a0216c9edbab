// The board's few conversations with the server. Every rule of the plant is there, none is here.
export class Api {
  constructor({ json, commands, why, publish, csrf }) {
    this.urls = { json, commands, why, publish };
    this.csrf = csrf;
  }

  async load(step = "") { // `chosen` in the answer is the operation of that address, or -1
    const url = new URL(this.urls.json, location.href);
    if (step) url.searchParams.set("step", step);
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`board ${response.status}`);
    return response.json();
  }

  async command(body) { // 409 and 422 are answers too: stale, refused
    return (await this.#post(this.urls.commands, body)).answer;
  }

  publish(body) { return this.#post(this.urls.publish, body); }

  async fragment(name, query) { // "" where there is none
    if (!this.urls[name]) return "";
    const url = new URL(this.urls[name], location.href);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const response = await fetch(url, { headers: { "HX-Request": "true", Accept: "text/html" } });
    return response.ok ? response.text() : "";
  }

  async #post(url, body) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.csrf },
      body: JSON.stringify(body),
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    if (!isJson && !response.ok) throw new Error(`board ${response.status}`);
    return { ok: response.ok, status: response.status, answer: isJson ? await response.json() : {} };
  }
}
