// The site's clock on the axis and in words. The board counts seconds from its origin.
const STEPS = [300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 2 * 86400, 7 * 86400, 28 * 86400, 91 * 86400, 364 * 86400];
const DAY = 86400;

export class Times {
  constructor(origin, zone, language) {
    this.origin = Date.parse(origin);
    const format = options => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    this.parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.hour = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.day = format({ weekday: "short", day: "numeric", month: "short" });
    this.short = format({ day: "numeric", month: "short" });
    this.full = format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.known = new Map();
    this.words = new Map();
  }

  offset(t) { // of the site's wall clock, in seconds; asked once an hour
    const hour = Math.floor(t / 3600);
    let offset = this.known.get(hour);
    if (offset === undefined) {
      const at = this.origin + hour * 3600000;
      const p = Object.fromEntries(this.parts.formatToParts(at).map(part => [part.type, +part.value]));
      offset = (Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - at) / 1000;
      this.known.set(hour, offset);
    }
    return offset;
  }

  step(k, least) { return STEPS.find(step => step * k >= least) ?? STEPS.at(-1); }

  ticks(t0, t1, step) { // at round times of the wall clock, across daylight saving
    const base = this.origin / 1000, found = [];
    const shift = step >= 7 * DAY ? 4 * DAY : 0; // weeks begin on Monday; 1970 began on a Thursday
    let wall = Math.ceil((base + t0 + this.offset(t0) - shift) / step) * step + shift;
    for (; found.length < 200; wall += step) {
      const guess = wall - base - this.offset(t0);
      const t = wall - base - this.offset(guess);
      if (t > t1) break;
      found.push(t);
    }
    return found;
  }

  say(kind, t) {
    const key = `${kind}${t}`;
    let words = this.words.get(key);
    if (words === undefined) {
      if (this.words.size > 2000) this.words.clear();
      words = this[kind].format(this.origin + t * 1000);
      this.words.set(key, words);
    }
    return words;
  }

  lasting(seconds) { // two figures at the most, as the server's pages say it: 3 d 4 h, 5 h 20 min
    const minutes = Math.max(Math.round(Math.abs(seconds) / 60), 1);
    const parts = [
      [Math.floor(minutes / 1440), "d"], [Math.floor(minutes / 60) % 24, "h"], [minutes % 60, "min"],
    ];
    const first = parts.findIndex(([figure]) => figure);
    return parts.slice(first, first + 2).filter(([figure]) => figure).map((part) => part.join(" ")).join(" ");
  }

  toLocal(t) { // for <input type="datetime-local">
    return new Date(this.origin + (t + this.offset(t)) * 1000).toISOString().slice(0, 16);
  }

  fromLocal(text) {
    const wall = Date.parse(`${text}:00Z`) / 1000 - this.origin / 1000;
    return wall - this.offset(wall - this.offset(wall));
  }
}
