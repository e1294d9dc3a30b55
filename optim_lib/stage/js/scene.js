// What is drawn: a still picture, and over it the lines, words and numbers that move.

import { say } from "./format.js";
import { bytesOf, copyOf, dotsOf, outline, unpacked } from "./frame.js";
import { svg } from "./svg.js";

const START = "start point: drag it, or move it with the arrow keys";
const CELL = "setting on the map: click one, or move with the arrow keys";

export class Scene {
  #cut = Infinity; // the step at which lines end that are played

  constructor({ canvas, still }, model) {
    Object.assign(this, { canvas, still, model });
  }

  draw() {
    const { model } = this;
    if (model.get("scene") !== this.spec || model.get("still") !== this.png) this.#build();
    const columns = unpacked(copyOf(model.get("frame")), model.get("spans"));
    this.lines.forEach((line, i) => ([line.xs, line.ys] = columns[i]));
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

  get last() { return this.track.xs.length - 1; }

  // How many vertices a line has up to the end of a step, which may have several.
  #upTo(line, step) { return (step + 1) * (line.xs.length / this.track.xs.length); }

  placeOf(line, step) {
    return [line.xs, line.ys].map((column) => column[this.#upTo(line, step) - 1]);
  }

  // Where a pointer is, in pixels of the figure.
  pointOf({ clientX, clientY }) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    return [clientX - left, clientY - top].map((far) => (far / width) * this.spec.size[0]);
  }

  close() { URL.revokeObjectURL(this.still.src); }

  #build() {
    const { canvas, model, still } = this;
    this.close();
    [this.spec, this.png, this.placed] = [model.get("scene"), model.get("still"), null];
    const { grid, scales, size, unit, words } = this.spec;
    still.src = URL.createObjectURL(new Blob([bytesOf(this.png)], { type: "image/png" }));
    [still.width, still.height] = size;
    canvas.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    canvas.style.setProperty("--unit", unit);
    this.scales = scales.map(({ marks, numbers }) => [svg("path", marks), svg("g", numbers)]);
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
    const clips = spec.clips.map(([x, y, width, height], i) =>
      svg("clipPath", { id: `${id}-${i}` }, svg("rect", { x, y, width, height })));
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
    this.scales.forEach(([marks, numbers], i) => {
      const [right, down] = this.spec.scales[i].tick;
      const mark = ([x, y]) => `M${x} ${y}l${right} ${down}`;
      const word = ([x, y, said]) => svg("text", { x: x + 2 * right, y: y + 2 * down }, said);
      marks.setAttribute("d", this.placed[i].map(mark).join(""));
      numbers.replaceChildren(...this.placed[i].map(word));
    });
  }
}

function drawWords(node, x, y, said) {
  const now = `${x} ${y} ${said}`;
  if (node.dataset.drawn === now) return; // to set words anew is to lay them out anew
  node.dataset.drawn = now;
  const height = 1.25 * Number(node.getAttribute("font-size"));
  const lines = said.split("\n").map((line, i) => svg("tspan", { x, y: y + i * height }, line));
  node.replaceChildren(...lines);
}
