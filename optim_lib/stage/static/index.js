// optim_lib/stage/js/a11y.js
var QUIET = 700;
var LEAVE = "data-lm-suppress-shortcuts";
function announcer(status) {
  let timer;
  return (sentence) => {
    clearTimeout(timer);
    timer = setTimeout(() => status.textContent = sentence, QUIET);
  };
}
function assist(el, signal) {
  requestAnimationFrame(() => {
    if (signal.aborted) return;
    const panel = el.closest(".widget-vbox") ?? el;
    const ask = ({ key, target }) => panel.contains(target) && target.toggleAttribute(LEAVE, key.startsWith("Arrow"));
    addEventListener("keydown", ask, { capture: true, signal });
    const name = () => panel.querySelectorAll(".widget-slider").forEach(nameSlider);
    const watch = new MutationObserver(name);
    watch.observe(panel, { childList: true, subtree: true });
    signal.addEventListener("abort", () => watch.disconnect());
    name();
  });
}
function nameSlider(slider) {
  const handle = slider.querySelector(".noUi-handle");
  const box = slider.closest(".widget-hbox")?.querySelector("input");
  if (handle) handle.ariaLabel = slider.querySelector(".widget-label").textContent;
  if (handle && box) [box.ariaLabel, handle.ariaValueText] = [handle.ariaLabel, box.value];
}

// optim_lib/stage/js/format.js
var NUDGE = 1 + 1e-12;
var trimmed = (digits) => digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
function number(value, digits = 3) {
  if (Number.isNaN(value)) return "NaN";
  const sign = value < 0 ? "−" : "";
  if (!Number.isFinite(value)) return `${sign}∞`;
  const size = Math.min(Math.abs(value) * NUDGE, Number.MAX_VALUE);
  if (size === 0) return "0";
  const [mantissa, power] = size.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  if (-3 <= exponent && exponent < 5 || 1 < size && size < 99999.5)
    return sign + trimmed(size.toFixed(Math.max(0, digits - 1 - exponent)));
  return `${sign}${trimmed(mantissa)}e${exponent}`;
}
var say = (template, fields = {}) => template.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

// optim_lib/stage/js/svg.js
function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
function html(name, properties, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}
function layOut(el) {
  const nodes = {
    alert: html("div", { className: "optim-alert", role: "alert", hidden: true }),
    still: html("img", {}),
    canvas: svg("svg", {}),
    play: html("button", { type: "button" }),
    scrub: html("input", { type: "range", min: 0, value: 0 }),
    readout: html("output", { className: "optim-readout" }),
    status: html("div", { className: "optim-status", role: "status" })
  };
  const picture = html("div", { className: "optim-picture" }, nodes.still, nodes.canvas);
  const bar = html("div", { className: "optim-bar" }, nodes.play, nodes.scrub);
  const parts = [nodes.alert, picture, bar, nodes.readout, nodes.status];
  el.append(html("div", { className: "optim-stage" }, ...parts));
  return { root: el.lastChild, ...nodes };
}
var isInside = ([left, top, width, height], x, y) => x >= left && x <= left + width && y >= top && y <= top + height;

// optim_lib/stage/js/cursor.js
var REACH = 40;
var Cursor = class {
  step = null;
  // or none
  pinned = false;
  // by Play, the bar or a click; otherwise the pointer leads
  constructor(scene, readout, scrub) {
    Object.assign(this, { scene, readout, scrub });
    scrub.ariaLabel = say("step to read");
  }
  read(step, pinned = this.pinned) {
    Object.assign(this, { step, pinned });
    this.draw();
  }
  draw() {
    const { scene, scrub } = this;
    scrub.max = scene.last;
    if (this.step !== null) this.step = Math.min(this.step, scene.last);
    scrub.value = this.step ?? scene.last;
    const tip = this.readout.show(this.step);
    scene.cursor.replaceChildren(...this.step === null ? [] : marks(scene, this.step, tip));
  }
  // Let the pointer read, unless something else is going on.
  follow(isBusy) {
    const { canvas } = this.scene;
    const near = (event) => nearest(this.scene, ...this.scene.pointOf(event));
    const lead = (find) => (event) => this.pinned || isBusy() || this.read(find(event));
    canvas.addEventListener("pointermove", lead(near));
    canvas.addEventListener("pointerleave", lead(() => null));
    canvas.addEventListener("pointerdown", (event) => {
      if (isBusy()) return;
      const step = near(event);
      this.read(step, step !== null);
    });
  }
};
function nearest({ byStep, spec, track }, x, y) {
  const clip = spec.clips.findIndex((box) => isInside(box, x, y));
  const onPath = clip === track.clip;
  const line = onPath ? track : byStep.find((other) => other.clip === clip);
  let [found, best] = [null, onPath ? REACH : Infinity];
  line?.xs.forEach((there, step) => {
    const far = Math.hypot(there - x, onPath ? line.ys[step] - y : 0);
    if (far < best) [found, best] = [step, far];
  });
  return found;
}
function marks(scene, step, tip) {
  const { byStep, spec, tail, track } = scene;
  const at = (line) => scene.placeOf(line, step);
  const curves = byStep.filter((line) => line.clip !== track.clip);
  const ruled = [...new Map(curves.map((line) => [spec.clips[line.clip], at(line)[0]]))];
  const rulers = ruled.map(([[, top, , height], x]) => svg("path", { class: "optim-ruler", d: `M${x} ${top}v${height}` }));
  const words = ruled.slice(0, 1).map(([[left, top, width], x]) => {
    const aside = (x > left + width / 2 ? -7 : 7) * spec.unit;
    return label(say("step {step}", { step }), x, top + 14 * spec.unit, aside);
  });
  const seen = byStep.filter((line) => isInside(spec.clips[line.clip], ...at(line)));
  const dots = seen.map((line) => svg("circle", { cx: at(line)[0], cy: at(line)[1], fill: line.color }));
  return [...rulers, ...words, ...dots, ...tip ? arrow(...at(tail), ...tip, spec.unit) : []];
}
function arrow(x, y, tipX, tipY, unit) {
  const long = Math.hypot(tipX - x, tipY - y);
  if (!(long > 1)) return [];
  const [ux, uy] = [unit * (tipX - x) / long, unit * (tipY - y) / long];
  const wing = (side) => `L${tipX - 11 * ux + side * uy} ${tipY - 11 * uy - side * ux}`;
  const d = `M${x} ${y}L${tipX} ${tipY}${wing(6)}M${tipX} ${tipY}${wing(-6)}`;
  return [
    svg("path", { class: "optim-below", d }),
    svg("path", { class: "optim-arrow", d, "data-arrow": "gradient" }),
    label("−∇f", tipX, tipY + 12 * uy + 5 * unit, 12 * ux)
  ];
}
var label = (words, x, y, aside) => svg("text", { x: x + aside, y, "text-anchor": aside < 0 ? "end" : "start" }, words);

// optim_lib/stage/js/handle.js
var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
var clamp = (value, low, size) => Math.min(Math.max(value, low), low + size);
var Handle = class {
  isDragged = false;
  constructor(scene, post) {
    Object.assign(this, { scene, post });
    const { canvas } = scene;
    canvas.addEventListener("pointerdown", (event) => this.#grab(event));
    canvas.addEventListener("pointermove", (event) => this.isDragged && this.#moveTo(...scene.pointOf(event)));
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => this.isDragged = false);
    canvas.addEventListener("click", (event) => scene.spec.grid && this.#pick(...scene.pointOf(event)));
    canvas.addEventListener("keydown", (event) => event.key in ARROWS && this.#press(event));
  }
  // It stands where the kernel says, unless that is the answer to an older place.
  draw() {
    const { handle } = this.scene;
    const leads = this.isDragged || this.post.underWay?.type === "drag";
    if (handle && !leads) this.#place(handle.xs[0], handle.ys[0]);
  }
  #place(x, y) {
    const { grip, handle } = this.scene;
    const { path, radius: r } = handle;
    this.at = [x, y];
    path.setAttribute("d", `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`);
    grip.setAttribute("cx", x);
    grip.setAttribute("cy", y);
  }
  #moveTo(toX, toY) {
    const { spec, handle } = this.scene;
    const [left, top, width, height] = spec.clips[handle.clip];
    const [x, y] = [clamp(toX, left, width), clamp(toY, top, height)];
    this.#place(x, y);
    this.post.send({ type: "drag", x, y });
  }
  #grab(event) {
    const { grip } = this.scene;
    if (event.target !== grip) return;
    this.isDragged = true;
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
    grip.focus({ preventScroll: true });
  }
  #pick(x, y) {
    const { grip, handle, spec } = this.scene;
    if (!isInside(spec.clips[handle.clip], x, y)) return;
    grip.focus({ preventScroll: true });
    this.post.send({ type: "pick", x, y });
  }
  // The page hears no more of the key.
  #press(event) {
    event.preventDefault();
    event.stopPropagation();
    const { grid } = this.scene.spec;
    const far = grid ? event.shiftKey ? 8 : 1 : event.shiftKey ? 2 : 10;
    const [right, down] = ARROWS[event.key].map((along) => far * along);
    if (grid) this.post.send({ type: "step", dx: right, dy: -down });
    else this.#moveTo(this.at[0] + right, this.at[1] + down);
  }
};

// optim_lib/stage/js/player.js
var SECONDS = 10;
var Player = class {
  #timer = null;
  constructor({ root, play, scrub }, scene, cursor) {
    Object.assign(this, { play, scene, cursor });
    play.textContent = say("▶ Play");
    play.addEventListener("click", () => this.isPlaying ? this.stop() : this.start());
    scrub.addEventListener("input", () => this.#leave(Number(scrub.value)));
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || cursor.step === null) return;
      event.stopPropagation();
      this.#leave(null);
    });
  }
  get isPlaying() {
    return this.#timer !== null;
  }
  start() {
    const { scene, cursor } = this;
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 500 : 40;
    const stride = Math.max(1, scene.last * pause / (1e3 * SECONDS));
    const from = cursor.step === null || cursor.step >= scene.last ? 0 : cursor.step;
    let exact = from - stride;
    const show = () => {
      exact = Math.min(exact + stride, scene.last);
      scene.cutAt(Math.floor(exact));
      cursor.read(Math.floor(exact), true);
      if (exact >= scene.last) this.stop();
    };
    this.#timer = setInterval(show, pause);
    this.play.textContent = say("❚❚ Pause");
    show();
  }
  stop() {
    if (!this.isPlaying) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.play.textContent = say("▶ Play");
    this.scene.cutAt(Infinity);
  }
  #leave(step) {
    this.stop();
    this.cursor.read(step, step !== null);
  }
};

// optim_lib/stage/js/post.js
var Post = class {
  underWay = null;
  #waiting = null;
  constructor(model) {
    this.model = model;
  }
  send(message) {
    this.#waiting = message;
    if (!this.underWay) this.next();
  }
  // The one under way is answered, or lost.
  next() {
    const message = this.#waiting;
    [this.underWay, this.#waiting] = [message, null];
    const status = ({ content }) => content.execution_state === "idle" && this.underWay === message && this.next();
    if (message) this.model.send(message, { iopub: { status } });
  }
};

// optim_lib/stage/js/frame.js
var EDGE = 2000.05;
var bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
var copyOf = (view) => bytesOf(view).slice().buffer;
function unpacked(packed, spans) {
  const count = Math.max(...spans.map(([, x, ofX, y, ofY]) => Math.max(x + ofX, y + ofY)));
  const tenths = packed.byteLength === 2 * count ? new Int16Array(packed) : new Int32Array(packed);
  const column = (n, start, moving) => Float64Array.from({ length: n }, (_, k) => tenths[start + Math.min(k, moving - 1)] / 10);
  return spans.map(([n, x, ofX, y, ofY]) => [column(n, x, ofX), column(n, y, ofY)]);
}
var tenth = (number2) => Math.round(10 * number2) / 10;
var isNear = (x, y) => Math.abs(x) < EDGE && Math.abs(y) < EDGE;
var crossings = (a, b) => [(-EDGE - a) / (b - a), (EDGE - a) / (b - a)].sort((p, q) => p - q);
function cutOff(x, y, toX, toY) {
  const [[inX, outX], [inY, outY]] = [crossings(x, toX), crossings(y, toY)];
  const [from, to] = [Math.max(0, inX, inY), Math.min(1, outX, outY)];
  const point = (share) => `${tenth(x + share * (toX - x))} ${tenth(y + share * (toY - y))}`;
  return from > to ? "" : `${from > 0 ? `M${point(from)}` : ""}L${point(to)}`;
}
function outline(xs, ys, n) {
  let drawn = n ? `M${xs[0]} ${ys[0]}` : "";
  for (let k = 1; k < n; k++) {
    const whole = isNear(xs[k - 1], ys[k - 1]) && isNear(xs[k], ys[k]);
    drawn += whole ? `L${xs[k]} ${ys[k]}` : cutOff(xs[k - 1], ys[k - 1], xs[k], ys[k]);
  }
  return drawn;
}
function dotsOf(xs, ys, n) {
  let drawn = "";
  for (let k = 0; k < n; k++) if (isNear(xs[k], ys[k])) drawn += `M${xs[k]} ${ys[k]}h0`;
  return drawn;
}

// optim_lib/stage/js/readout.js
var HINT = "Point at the path, or press Play, to read what happens at each step.";
var written = (value) => Number.isFinite(value) ? number(value) : "–";
var Readout = class {
  #asked = false;
  #table = { tick: -1, numbers: [] };
  constructor(node, model) {
    Object.assign(this, { node, model });
  }
  // The kernel's answer: at each step the numbers of the groups, and its arrow's tip.
  hear({ tick, groups }, [buffer]) {
    const width = groups.reduce((sum, [, n]) => sum + n, 2);
    this.#asked = false;
    this.#table = { tick, groups, numbers: new Float64Array(copyOf(buffer)), width };
  }
  // Where the line broke, the answer is lost.
  forget() {
    this.#asked = false;
  }
  // Say what is known of a step. Returns where its arrow ends, if that is known of this run.
  show(step) {
    const { tick, numbers, width } = this.#table;
    const isKnown = step !== null && numbers.length > step * width;
    const isLate = step !== null && tick !== this.model.get("tick");
    this.node.classList.toggle("optim-late", isKnown && isLate);
    if (isLate && !this.#asked) {
      this.#asked = true;
      this.model.send({ type: "read" });
    }
    if (isKnown) return this.#tell(step, isLate);
    const words = step === null ? say(HINT) : say("step {step}", { step });
    if (this.node.textContent !== words) this.node.textContent = words;
  }
  #tell(step, isLate) {
    const { groups, numbers, width } = this.#table;
    const row = [...numbers.subarray(step * width, (step + 1) * width)];
    const parts = groups.map(([name, n]) => {
      const values = row.splice(0, n).map(written).join(", ");
      return html("span", {}, say(n > 1 ? "{name} ({values})" : "{name} {values}", { name, values }));
    });
    const title = html("span", {}, html("b", {}, say("step {step}", { step })));
    this.node.replaceChildren(title, ...parts.flatMap((part) => [" ", part]));
    if (!isLate) return row;
  }
};

// optim_lib/stage/js/reconnect.js
var ANSWERED = { content: { execution_state: "idle" } };
function afterBreaks(manager, signal, resume) {
  const free = async () => {
    resume();
    for (const id of Object.keys(manager.get_state_sync().state)) {
      const widget = await manager.get_model(id);
      if (!(widget._pending_msgs > 0)) continue;
      widget._pending_msgs = 1;
      widget._handle_status(ANSWERED);
    }
  };
  manager?.restored?.connect(free);
  signal.addEventListener("abort", () => manager?.restored?.disconnect(free));
}

// optim_lib/stage/js/scene.js
var START = "start point: drag it, or move it with the arrow keys";
var CELL = "setting on the map: click one, or move with the arrow keys";
var Scene = class {
  #cut = Infinity;
  // the step at which lines end that are played
  constructor({ canvas, still }, model) {
    Object.assign(this, { canvas, still, model });
  }
  draw() {
    const { model } = this;
    if (model.get("scene") !== this.spec || model.get("still") !== this.png) this.#build();
    const columns = unpacked(copyOf(model.get("frame")), model.get("spans"));
    this.lines.forEach((line, i) => [line.xs, line.ys] = columns[i]);
    for (const line of this.lines) if (line !== this.handle) this.#drawLine(line);
    if (model.get("scales") !== this.placed) this.#drawScales();
    model.get("words").forEach((placed, i) => drawWords(this.words[i], ...placed));
    this.still.alt = model.get("caption");
  }
  // Draw the lines that are read by step as far as this one.
  cutAt(step) {
    this.#cut = step;
    this.byStep.forEach((line) => this.#drawLine(line));
  }
  get last() {
    return this.track.xs.length - 1;
  }
  // How many vertices a line has up to the end of a step, which may have several.
  #upTo(line, step) {
    return (step + 1) * (line.xs.length / this.track.xs.length);
  }
  placeOf(line, step) {
    return [line.xs, line.ys].map((column) => column[this.#upTo(line, step) - 1]);
  }
  // Where a pointer is, in pixels of the figure.
  pointOf({ clientX, clientY }) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    return [clientX - left, clientY - top].map((far) => far / width * this.spec.size[0]);
  }
  close() {
    URL.revokeObjectURL(this.still.src);
  }
  #build() {
    const { canvas, model, still } = this;
    this.close();
    [this.spec, this.png, this.placed] = [model.get("scene"), model.get("still"), null];
    const { grid, scales, size, unit, words } = this.spec;
    still.src = URL.createObjectURL(new Blob([bytesOf(this.png)], { type: "image/png" }));
    [still.width, still.height] = size;
    canvas.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    canvas.style.setProperty("--unit", unit);
    this.scales = scales.map(({ marks: marks2, numbers }) => [svg("path", marks2), svg("g", numbers)]);
    const lines = this.#buildLines();
    this.words = words.map((style) => svg("text", style));
    this.cursor = svg("g", { class: "optim-cursor" });
    canvas.replaceChildren(...this.scales.flat(), ...lines, ...this.words, this.cursor);
    const about = { class: "optim-grip", r: 24 * unit, tabindex: 0, role: "button" };
    this.grip = svg("circle", { ...about, "aria-label": say(grid ? CELL : START) });
    if (this.handle) canvas.append(this.grip);
  }
  // All but the handle are cut off at the edge of their axes.
  #buildLines() {
    const { spec } = this;
    const id = `optim-${Math.random().toString(36).slice(2)}`;
    const clips = spec.clips.map(([x, y, width, height], i) => svg("clipPath", { id: `${id}-${i}` }, svg("rect", { x, y, width, height })));
    const groups = clips.map((clip) => svg("g", { "clip-path": `url(#${clip.id})` }));
    const free = svg("g", {});
    this.lines = spec.lines.map(({ path, dots, ...about }) => {
      const drawn = [path, dots].map((style) => style && svg("path", style));
      (about.name === spec.handle ? free : groups[about.clip]).append(...drawn.filter(Boolean));
      return { ...about, path: drawn[0], dots: drawn[1] };
    });
    const named = (name) => this.lines.find((line) => line.name === name);
    [this.track, this.tail, this.handle] = [spec.track, spec.tail ?? spec.track, spec.handle].map(named);
    this.byStep = spec.by_step.map(named);
    return [...clips, ...groups, free];
  }
  #drawLine(line) {
    const { path, dots, xs, ys } = line;
    const n = this.byStep.includes(line) ? Math.min(this.#upTo(line, this.#cut), xs.length) : xs.length;
    path.setAttribute("d", outline(xs, ys, n));
    dots?.setAttribute("d", dotsOf(xs, ys, n));
  }
  #drawScales() {
    this.placed = this.model.get("scales");
    this.scales.forEach(([marks2, numbers], i) => {
      const [right, down] = this.spec.scales[i].tick;
      const mark = ([x, y]) => `M${x} ${y}l${right} ${down}`;
      const word = ([x, y, said]) => svg("text", { x: x + 2 * right, y: y + 2 * down }, said);
      marks2.setAttribute("d", this.placed[i].map(mark).join(""));
      numbers.replaceChildren(...this.placed[i].map(word));
    });
  }
};
function drawWords(node, x, y, said) {
  const now = `${x} ${y} ${said}`;
  if (node.dataset.drawn === now) return;
  node.dataset.drawn = now;
  const height = 1.25 * Number(node.getAttribute("font-size"));
  const lines = said.split("\n").map((line, i) => svg("tspan", { x, y: y + i * height }, line));
  node.replaceChildren(...lines);
}

// optim_lib/stage/js/index.js
function render({ model, el }) {
  const page = layOut(el);
  const post = new Post(model);
  const scene = new Scene(page, model);
  const readout = new Readout(page.readout, model);
  const cursor = new Cursor(scene, readout, page.scrub);
  const player = new Player(page, scene, cursor);
  const handle = new Handle(scene, post);
  cursor.follow(() => handle.isDragged || player.isPlaying);
  const announce = announcer(page.status);
  const closing = new AbortController();
  const draw = () => {
    scene.draw();
    post.next();
    handle.draw();
    cursor.draw();
    page.alert.textContent = model.get("alert");
    page.alert.hidden = !page.alert.textContent;
    announce(model.get("caption"));
    page.root.dataset.frame = Number(page.root.dataset.frame ?? 0) + 1;
  };
  const hear = (...message) => [readout.hear(...message), cursor.draw()];
  assist(el, closing.signal);
  afterBreaks(model.widget_manager, closing.signal, () => [readout.forget(), post.next()]);
  model.on("change:tick", draw);
  model.on("msg:custom", hear);
  draw();
  return () => {
    closing.abort();
    player.stop();
    scene.close();
    model.off("change:tick", draw);
    model.off("msg:custom", hear);
  };
}
var index_default = { render };
export {
  index_default as default
};
