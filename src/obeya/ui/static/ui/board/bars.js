// The bars of the rows in view, merged where they are thinner than a pixel, and the links of a chain.

export function bars(p) {
  const { g, view, chain } = p, { plan } = view, c = p.colours;
  const fills = { "board-bar": [], "board-started": [], "board-proposed": [], accent: [] };
  const dim = { "board-bar": [], "board-started": [], "board-proposed": [] };
  const setups = [], lates = [], texts = [], marks = [];
  const isSelecting = chain.size > 0;
  for (const r of p.rowsInView()) {
    const bars = plan.byRow[r];
    let edge = -1, lane = 0;
    for (let j = plan.first(r, view.t0); j < bars.length && plan.from[bars[j]] <= view.t1; j++) {
      const i = bars[j];
      if (p.drag?.i === i) continue;
      const x1 = (plan.end[i] - view.t0) * view.k + view.x0;
      if (x1 - edge < 1 && plan.lane[i] === lane && !chain.has(i)) continue; // already painted that pixel
      const box = p.place(i), w = Math.max(1, box.w > 4 ? box.w - 1 : box.w);
      edge = box.x + w;
      lane = plan.lane[i];
      p.drawn++;
      const kind = chain.has(i) ? "accent" : plan.status[i] >= 3 ? "board-started" : plan.status[i] === 0 ? "board-proposed" : "board-bar";
      (isSelecting && !chain.has(i) ? dim : fills)[kind].push(box.x, box.y, w, box.h);
      if (box.w < 5) { if (plan.isLate(i)) lates.push(box.x, box.y, w, box.h, 0); continue; }
      const setup = (plan.start[i] - plan.from[i]) * view.k;
      if (setup > 1) setups.push(box.x, box.y, Math.min(setup, w), box.h);
      const faded = isSelecting && !chain.has(i);
      if (plan.isLate(i) && !faded) lates.push(box.x, box.y, w, box.h, 1);
      if (w > 16 && !faded && box.h > 12) marks.push(i, box.x, box.y, w, box.h);
      else if (w > 34 && faded && box.h > 12) texts.push(i, box.x + 5, box.y + box.h / 2, w - 8, 1);
    }
  }
  const paint = (list, fill, alpha) => { g.globalAlpha = alpha; g.fillStyle = c[fill]; for (let q = 0; q < list.length; q += 4) g.fillRect(list[q], list[q + 1], list[q + 2], list[q + 3]); };
  for (const fill in dim) paint(dim[fill], fill, .3);
  for (const fill in fills) paint(fills[fill], fill, 1);
  paint(setups, "board-setup", isSelecting ? .35 : 1);
  const proposed = isSelecting ? [] : fills["board-proposed"];
  g.strokeStyle = c["board-bar"];
  g.lineWidth = 1;
  g.beginPath();
  for (let q = 0; q < proposed.length; q += 4) if (proposed[q + 2] > 3) g.rect(proposed[q] + .5, proposed[q + 1] + .5, proposed[q + 2] - 1, proposed[q + 3] - 1);
  g.stroke();
  g.globalAlpha = 1;
  g.fillStyle = c["danger-fill"];
  g.strokeStyle = c["danger-fill"];
  g.lineWidth = 2;
  g.beginPath();
  for (let q = 0; q < lates.length; q += 5) if (lates[q + 4]) g.rect(lates[q] + 1, lates[q + 1] + 1, lates[q + 2] - 2, lates[q + 3] - 2); else g.fillRect(lates[q], lates[q + 1], lates[q + 2], 3);
  g.stroke();
  g.font = `500 11.5px ${c.font}`;
  g.textBaseline = "middle";
  for (let q = 0; q < marks.length; q += 5) face(p, marks[q], marks[q + 1], marks[q + 2], marks[q + 3], marks[q + 4], texts);
  for (let q = 0; q < texts.length; q += 5) text(p, texts[q], texts[q + 1], texts[q + 2], texts[q + 3], texts[q + 4]);
  if (p.hover >= 0 && p.hover !== p.drag?.i) outline(p, p.hover, c.ink, 1.5);
  if (p.selected >= 0 && !p.drag) outline(p, p.selected, c.ink, 2);
}

export function links(p) {
  const { g, view } = p;
  if (p.drag) return;
  g.strokeStyle = p.colours.accent;
  g.lineWidth = 1.5;
  g.beginPath();
  for (const [a, b] of view.plan.links(p.selected)) {
    if (view.isFolded(view.plan.row[a]) || view.isFolded(view.plan.row[b])) continue;
    const tail = p.place(a), head = p.place(b), x = tail.x + tail.w, y = tail.y + tail.h / 2, to = head.y + head.h / 2, bend = Math.max(14, Math.abs(head.x - x) / 3);
    g.moveTo(x, y);
    g.bezierCurveTo(x + bend, y, head.x - bend, to, head.x, to);
    g.moveTo(head.x - 5, to - 4);
    g.lineTo(head.x, to);
    g.lineTo(head.x - 5, to + 4);
  }
  g.stroke();
}

function face(p, i, x, y, w, h, texts) { // marks at the begin of the bar, then its label
  const { g } = p, { plan } = p.view, middle = y + h / 2;
  let left = Math.max(x, p.view.x0) + 5;
  const end = x + w - 4, isLit = p.chain.has(i);
  const setupEnd = p.view.x(plan.start[i]);
  if (setupEnd - x > 3 && setupEnd < end - 20 && left < setupEnd + 4) left = setupEnd + 4;
  g.fillStyle = isLit ? p.colours["ink-on-accent"] : p.colours["board-bar-ink"];
  if (plan.isLate(i) && end - left > 12) { triangle(p, left, middle); left += 14; }
  if (plan.status[i] >= 3 && end - left > 10) { g.beginPath(); g.moveTo(left, middle - 5); g.lineTo(left + 8, middle); g.lineTo(left, middle + 5); g.fill(); left += 12; }
  else if (plan.locked[i] && end - left > 10) { lock(p, left, middle); left += 13; }
  if (end - left > 18) texts.push(i, left, middle, end - left, 0);
}

function triangle(p, x, y) {
  const { g } = p;
  g.save();
  g.fillStyle = p.colours["danger-fill"];
  g.strokeStyle = p.colours.surface;
  g.lineWidth = 1.5;
  g.beginPath();
  g.moveTo(x + 5, y - 6);
  g.lineTo(x + 11, y + 5);
  g.lineTo(x - 1, y + 5);
  g.closePath();
  g.stroke();
  g.fill();
  g.fillStyle = p.colours.surface;
  g.fillRect(x + 4.2, y - 2.5, 1.6, 4);
  g.fillRect(x + 4.2, y + 2.5, 1.6, 1.5);
  g.restore();
}

function lock(p, x, y) {
  const { g } = p;
  g.fillRect(x, y - 1, 9, 6);
  g.strokeStyle = g.fillStyle;
  g.lineWidth = 1.5;
  g.beginPath();
  g.arc(x + 4.5, y - 1.5, 2.8, Math.PI, 0);
  g.stroke();
}

function text(p, i, x, y, room, isDim) {
  const { g } = p, text = p.view.plan.label[i], fits = Math.floor(room / 6.1);
  if (fits < 3) return;
  g.globalAlpha = isDim ? .45 : 1;
  g.fillStyle = p.chain.has(i) ? p.colours["ink-on-accent"] : p.colours["board-bar-ink"];
  g.fillText(fits < text.length ? `${text.slice(0, fits - 1)}…` : text, x, y + .5);
  g.globalAlpha = 1;
}

function outline(p, i, colour, width) {
  const { g } = p, box = p.place(i);
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.strokeRect(box.x - 1, box.y - 1, Math.max(3, box.w) + 1, box.h + 2);
}
