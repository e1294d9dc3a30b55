// Draws the moving lines of a matplotlib figure over its still picture. See stage.py.

const SVG = "http://www.w3.org/2000/svg";
const PLAY_SECONDS = 10;
const REACH = 40; // how near, in pixels of the figure, the pointer must come to a step to read it
const HINT = "Point at the path, or press Play, to read what happens at each step.";

const svg = (name, attributes = {}, parent = null) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent?.append(node);
  return node;
};

const html = (name, attributes = {}, parent = null) => {
  const node = Object.assign(document.createElement(name), attributes);
  parent?.append(node);
  return node;
};

const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
const copyOf = (view) => bytesOf(view).slice().buffer;

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

const short = (number) => {
  if (!Number.isFinite(number)) return "–";
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    const [mantissa, exponent] = number.toExponential(2).split("e");
    return `${Number(mantissa)}e${Number(exponent)}`;
  }
  return String(Number(number.toPrecision(3)));
};

function render({ model, el }) {
  const root = html("div", { className: "optim-stage" }, el);
  root.dataset.frame = 0;
  const alert = html("div", { className: "optim-alert", hidden: true }, root);
  alert.setAttribute("role", "alert");
  const picture = html("div", { className: "optim-picture" }, root);
  const still = html("img", {}, picture);
  const canvas = svg("svg", {}, picture);
  const bar = html("div", { className: "optim-bar" }, root);
  const play = html("button", { type: "button", textContent: "▶ Play" }, bar);
  const scrub = html("input", { type: "range", min: 0, value: 0 }, bar);
  scrub.setAttribute("aria-label", "step to read");
  const readout = html("output", { className: "optim-readout", textContent: HINT }, root);
  const status = html("div", { className: "optim-status" }, root);
  status.setAttribute("role", "status");

  let scene, source, unit, scales, ticks, lines, words, cursor, grip, xs, ys;
  let at = null; // the step that is read, or null
  let pinned = false; // by Play or by the scrub bar; otherwise the pointer leads
  let playing = 0; // the animation's timer
  let told = { tick: -1 }; // what the kernel last told of the steps
  let asked = false;
  let dragging = false;
  let underWay = null; // the dragged point that the kernel has not answered
  let held = null; // the newest one, which waits for that
  let announcing = 0;

  // ---- once for each scene -------------------------------------------------------------------

  const build = () => {
    scene = model.get("scene");
    source = model.get("still");
    unit = scene.unit; // of type: 1 at a desk, more in a lecture hall
    const old = still.src;
    still.src = URL.createObjectURL(new Blob([bytesOf(source)], { type: "image/png" }));
    if (old) URL.revokeObjectURL(old);
    const [width, height] = scene.size;
    still.width = width;
    still.height = height;
    canvas.replaceChildren();
    canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
    scales = scene.scales.map(buildScale);
    ticks = null;
    const id = `optim-${Math.random().toString(36).slice(2)}`;
    const groups = scene.clips.map(([x, y, width, height], i) => {
      svg("rect", { x, y, width, height }, svg("clipPath", { id: `${id}-${i}` }, canvas));
      return svg("g", { "clip-path": `url(#${id}-${i})` }, canvas);
    });
    lines = scene.lines.map((style) => buildLine(style, style.width ? groups[style.clip] : canvas));
    words = scene.words.map((style) =>
      svg("text", {
        class: style.halo ? "optim-halo" : "",
        fill: style.color,
        "font-size": style.size,
        "font-weight": style.weight,
        "text-anchor": style.anchor,
        "dominant-baseline": style.baseline,
      }, canvas),
    );
    cursor = svg("g", { class: "optim-cursor" }, canvas);
    grip = scene.handle ? buildGrip() : null;
  };

  const buildScale = ({ along, color, line, size }) => ({
    marks: svg("path", { stroke: line, "stroke-width": 1.1 * unit }, canvas),
    numbers: svg("g", {
      class: "optim-scale",
      fill: color,
      "font-size": size,
      "text-anchor": along === "x" ? "middle" : "end",
      "dominant-baseline": along === "x" ? "hanging" : "central",
    }, canvas),
  });

  const buildLine = (style, parent) => {
    const look = { stroke: style.color, "stroke-width": style.width, "stroke-dasharray": style.dash };
    const path = svg("path", { ...look, "data-line": style.name }, parent);
    if (!style.width) {
      path.style.fill = style.face;
      path.setAttribute("stroke-width", style.edge);
      return { style, path };
    }
    if (!style.marker) return { style, path };
    const dot = { stroke: style.color, "stroke-width": style.marker, "stroke-linecap": style.cap };
    return { style, path, dots: svg("path", dot, parent) };
  };

  const buildGrip = () => {
    const node = svg("circle", { class: "optim-grip", r: 24 * unit, tabindex: 0, role: "button" }, canvas);
    node.setAttribute("aria-label", "start point: drag it, or move it with the arrow keys");
    node.addEventListener("pointerdown", (event) => {
      dragging = true;
      node.setPointerCapture(event.pointerId);
      event.preventDefault();
      node.focus({ preventScroll: true });
    });
    node.addEventListener("pointermove", (event) => dragging && drag(...pointOf(event)));
    node.addEventListener("pointerup", () => (dragging = false));
    node.addEventListener("pointercancel", () => (dragging = false));
    node.addEventListener("keydown", (event) => {
      const far = event.shiftKey ? 2 : 10;
      const move = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] }[event.key];
      if (!move) return;
      event.preventDefault();
      event.stopPropagation();
      drag(Number(node.getAttribute("cx")) + move[0], Number(node.getAttribute("cy")) + move[1]);
    });
    return node;
  };

  // ---- once for each update ------------------------------------------------------------------

  const lineNamed = (name) => lines.findIndex((line) => line.style.name === name);

  // A line may have several vertices a step: this is the last one of the step that is read.
  const vertexOf = (i) => (at + 1) * (xs[i].length / xs[lineNamed(scene.track)].length) - 1;

  const draw = () => {
    if (model.get("scene") !== scene || model.get("still") !== source) build();
    const columns = unpacked(copyOf(model.get("frame")), model.get("spans"));
    xs = columns.map(([x]) => x);
    ys = columns.map(([, y]) => y);
    if (model.get("scales") !== ticks) drawScales();
    lines.forEach((_, i) => drawLine(i));
    model.get("words").forEach(([x, y, said], i) => drawWords(words[i], x, y, said));
    scrub.max = xs[lineNamed(scene.track)].length - 1;
    if (at !== null) at = clamp(at, 0, Number(scrub.max));
    drawCursor();
    still.alt = model.get("caption");
    alert.textContent = model.get("alert");
    alert.hidden = !alert.textContent;
    clearTimeout(announcing);
    announcing = setTimeout(() => (status.textContent = still.alt), 700);
    root.dataset.frame = Number(root.dataset.frame) + 1;
    sendHeld();
  };

  const drawScales = () => {
    ticks = model.get("scales");
    ticks.forEach((placed, i) => {
      const { along, tick } = scene.scales[i];
      const { marks, numbers } = scales[i];
      const [right, down] = along === "x" ? [0, tick] : [-tick, 0];
      marks.setAttribute("d", placed.map(([x, y]) => `M${x} ${y}l${right} ${down}`).join(""));
      numbers.replaceChildren();
      for (const [x, y, said] of placed)
        svg("text", { x: x + 2 * right, y: y + 2 * down }, numbers).textContent = said;
    });
  };

  const drawLine = (i) => {
    const { style, path, dots } = lines[i];
    if (style.name === scene.handle) return dragging || placeHandle(i, xs[i][0], ys[i][0]);
    const cut = playing && scene.by_step.includes(style.name);
    const n = cut ? Math.min(vertexOf(i) + 1, xs[i].length) : xs[i].length;
    path.setAttribute("d", outline(xs[i], ys[i], n));
    dots?.setAttribute("d", dotsOf(xs[i], ys[i], n));
  };

  const placeHandle = (i, x, y) => {
    const r = lines[i].style.marker / 2;
    lines[i].path.setAttribute("d", `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`);
    grip.setAttribute("cx", x);
    grip.setAttribute("cy", y);
  };

  const drawWords = (node, x, y, said) => {
    const now = `${x} ${y} ${said}`;
    if (node.dataset.drawn === now) return; // to set words anew is to lay them out anew
    node.dataset.drawn = now;
    node.replaceChildren();
    said.split("\n").forEach((line, i) => {
      svg("tspan", { x, y: y + i * 1.25 * Number(node.getAttribute("font-size")) }, node).textContent = line;
    });
  };

  // ---- reading one step ----------------------------------------------------------------------

  const drawCursor = () => {
    cursor.replaceChildren();
    scrub.value = at ?? scrub.max;
    const known = at !== null && told.rows > at;
    const late = at !== null && told.tick !== model.get("tick");
    readout.classList.toggle("optim-late", known && late);
    if (at === null) return say(HINT);
    if (late) ask();
    const track = lineNamed(scene.track);
    const ruled = new Set();
    for (const name of scene.by_step) {
      const i = lineNamed(name);
      const { clip, color } = lines[i].style;
      if (clip !== lines[track].style.clip && !ruled.has(clip)) drawRuler(i, ruled);
      const [left, top, width, height] = scene.clips[clip];
      const [x, y] = [xs[i][vertexOf(i)], ys[i][vertexOf(i)]];
      const inside = x >= left && x <= left + width && y >= top && y <= top + height;
      if (inside) svg("circle", { cx: x, cy: y, r: 7 * unit, fill: color, stroke: "#FCFBF7", "stroke-width": 2 * unit }, cursor);
    }
    if (known) drawTold(late);
    else say(`step ${at}`);
  };

  const say = (words) => readout.textContent === words || (readout.textContent = words);

  const drawRuler = (i, ruled) => {
    const { clip } = lines[i].style;
    const [left, top, width, height] = scene.clips[clip];
    const right = xs[i][at] > left + width / 2;
    svg("path", { d: `M${xs[i][at]} ${top}v${height}`, stroke: "#1F2430", "stroke-width": 1.5 * unit }, cursor);
    if (!ruled.size) {
      const where = { x: xs[i][at] + (right ? -7 : 7) * unit, y: top + 14 * unit, "text-anchor": right ? "end" : "start" };
      svg("text", { ...where, fill: "#1F2430", "font-size": 17 * unit }, cursor).textContent = `step ${at}`;
    }
    ruled.add(clip);
  };

  const drawTold = (late) => {
    const row = told.table.subarray(at * told.width, (at + 1) * told.width);
    readout.replaceChildren();
    html("b", { textContent: `step ${at}` }, html("span", {}, readout));
    let start = 0;
    for (const [name, n] of told.groups) {
      const values = Array.from(row.subarray(start, start + n), short);
      start += n;
      const said = `${name} ${n > 1 ? `(${values.join(", ")})` : values[0]}`;
      readout.append(" ");
      html("span", { textContent: said }, readout);
    }
    if (late) return;
    const tail = lineNamed(scene.tail);
    drawArrow(xs[tail][vertexOf(tail)], ys[tail][vertexOf(tail)], row[start], row[start + 1]);
  };

  const drawArrow = (x, y, tipX, tipY) => {
    const long = Math.hypot(tipX - x, tipY - y);
    if (!(long > 1)) return;
    const [ux, uy] = [(tipX - x) / long, (tipY - y) / long];
    const [back, aside] = [11 * unit, 6 * unit];
    const wing = (side) => `L${tipX - back * ux + side * aside * uy} ${tipY - back * uy - side * aside * ux}`;
    const d = `M${x} ${y}L${tipX} ${tipY}${wing(1)}M${tipX} ${tipY}${wing(-1)}`;
    svg("path", { d, stroke: "#FCFBF7", "stroke-width": 7 * unit }, cursor);
    svg("path", { d, stroke: "#1F2430", "stroke-width": 3 * unit, "data-arrow": "gradient" }, cursor);
    const where = { x: tipX + 12 * unit * ux, y: tipY + (12 * uy + 5) * unit, "text-anchor": ux < 0 ? "end" : "start" };
    svg("text", { ...where, fill: "#1F2430", "font-size": 17 * unit }, cursor).textContent = "−∇f";
  };

  const ask = () => {
    if (asked) return;
    asked = true;
    model.send({ type: "read" });
  };

  const hear = (message, buffers) => {
    if (message.type !== "readout") return;
    asked = false;
    const table = new Float64Array(copyOf(buffers[0]));
    const width = message.groups.reduce((sum, [, n]) => sum + n, 2);
    told = { tick: message.tick, groups: message.groups, table, width, rows: table.length / width };
    drawCursor();
  };

  const read = (step) => {
    at = step;
    if (playing) scene.by_step.forEach((name) => drawLine(lineNamed(name)));
    drawCursor();
  };

  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.textContent = "▶ Play";
    scene.by_step.forEach((name) => drawLine(lineNamed(name)));
  };

  const start = () => {
    const last = Number(scrub.max);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pause = calm ? 500 : 40;
    const stride = Math.max(1, calm ? last / 20 : (last * pause) / (1000 * PLAY_SECONDS));
    let exact = at === null || at >= last ? 0 : at;
    pinned = true;
    play.textContent = "❚❚ Pause";
    playing = setInterval(() => {
      exact = Math.min(exact + stride, Number(scrub.max));
      read(Math.floor(exact));
      if (exact >= Number(scrub.max)) stop();
    }, pause);
    read(Math.floor(exact));
  };

  play.addEventListener("click", () => (playing ? stop() : start()));
  scrub.addEventListener("input", () => {
    if (playing) stop();
    pinned = true;
    read(Number(scrub.value));
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || at === null) return;
    event.stopPropagation();
    if (playing) stop();
    pinned = false;
    read(null);
  });

  // ---- the pointer ---------------------------------------------------------------------------

  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const [width, height] = scene.size;
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };

  const drag = (x, y) => {
    const i = lineNamed(scene.handle);
    const [left, top, width, height] = scene.clips[lines[i].style.clip];
    held = [clamp(x, left, left + width), clamp(y, top, top + height)];
    placeHandle(i, ...held);
    if (!underWay) sendHeld();
  };

  const sendHeld = () => {
    const point = held;
    [underWay, held] = [point, null];
    if (!point) return;
    const status = ({ content }) => content.execution_state === "idle" && underWay === point && sendHeld();
    model.send({ type: "drag", x: point[0], y: point[1] }, { iopub: { status } });
  };

  const stepNear = (x, y) => {
    const inside = scene.clips.findIndex(([left, top, width, height]) =>
      x >= left && x <= left + width && y >= top && y <= top + height);
    const i = lines.findIndex(({ style }) => style.clip === inside && scene.by_step.includes(style.name));
    if (i < 0) return null;
    const track = lineNamed(scene.track);
    const onTrack = inside === lines[track].style.clip;
    const line = onTrack ? track : i;
    let nearest = null, best = onTrack ? REACH : Infinity;
    for (let k = 0; k < xs[line].length; k++) {
      const far = onTrack ? Math.hypot(xs[line][k] - x, ys[line][k] - y) : Math.abs(xs[line][k] - x);
      if (far < best) [nearest, best] = [k, far];
    }
    return nearest;
  };

  canvas.addEventListener("pointermove", (event) => pinned || dragging || read(stepNear(...pointOf(event))));
  canvas.addEventListener("pointerleave", () => pinned || dragging || read(null));
  canvas.addEventListener("pointerdown", (event) => {
    if (event.target === grip || playing) return;
    const step = stepNear(...pointOf(event));
    pinned = step !== null;
    read(step);
  });

  let names, letArrowsGo;
  requestAnimationFrame(() => {
    const panel = el.closest(".widget-vbox") ?? el;
    names = nameSliders(panel);
    letArrowsGo = keepArrows(panel);
  });
  const endOfWatch = afterBreaks(model.widget_manager, sendHeld);
  model.on("change:tick", draw);
  model.on("msg:custom", hear);
  draw();
  return () => {
    endOfWatch();
    names?.disconnect();
    letArrowsGo?.();
    clearInterval(playing);
    clearTimeout(announcing);
    model.off("change:tick", draw);
    model.off("msg:custom", hear);
    URL.revokeObjectURL(still.src);
  };
}

export default { render };
