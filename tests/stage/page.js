// As much of a page, of a widget's model and of a scene as `node --test` of stage/js needs.

class FakeNode {
  constructor(tag) {
    Object.assign(this, { tag, children: [], listeners: {}, attributes: {}, dataset: {} });
    this.classList = { toggle: (name, on) => (this.attributes[name] = on) };
    this.style = { setProperty: (name, value) => (this.attributes[name] = value) };
  }

  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join("");
  }

  set textContent(words) {
    this.children = [words];
  }

  get lastChild() {
    return this.children.at(-1);
  }

  append(...children) {
    for (const child of children) if (child instanceof FakeNode) child.parent = this;
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
    this[name === "class" ? "className" : name] = String(value);
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  addEventListener(type, listener) {
    (this.listeners[type] ??= []).push(listener);
  }

  // An event that bubbles up from here; returns whether its default was prevented.
  fire(type, about = {}) {
    const event = { target: this, ...about, isPrevented: false, isStopped: false };
    event.preventDefault = () => (event.isPrevented = true);
    event.stopPropagation = () => (event.isStopped = true);
    for (let node = this; node && !event.isStopped; node = node.parent)
      for (const listener of node.listeners[type] ?? []) listener(event);
    return event.isPrevented;
  }

  all(test) {
    const inside = this.children.filter((child) => child instanceof FakeNode);
    return inside.flatMap((child) => [...(test(child) ? [child] : []), ...child.all(test)]);
  }

  getBoundingClientRect() {
    return { left: 0, top: 0, width: this.wide ?? 400, height: (this.wide ?? 400) / 2 };
  }

  focus() {}
  setPointerCapture() {}
}

globalThis.document = {
  createElement: (tag) => new FakeNode(tag),
  createElementNS: (_, tag) => new FakeNode(tag),
};
globalThis.matchMedia = () => ({ matches: false });
globalThis.requestAnimationFrame = () => {};

export const element = (tag = "div") => new FakeNode(tag);

// {name: [[x, y], ...]} as a frame of 2 bytes a number, and its spans.
export function packed(lines) {
  const [spans, tenths] = [[], []];
  for (const vertices of lines) {
    const span = [vertices.length];
    for (const along of [0, 1]) {
      span.push(tenths.length, vertices.length);
      tenths.push(...vertices.map((vertex) => Math.round(10 * vertex[along])));
    }
    spans.push(span);
  }
  return { spans, frame: new DataView(Int16Array.from(tenths).buffer) };
}

export const STEPS = 40;
const steps = Array.from({ length: STEPS + 1 }, (_, step) => step);
export const PATH = steps.map((step) => [10 + step, 50]);
export const LOSS = steps.map((step) => [210 + 2 * step, 100 - step]);

const line = (name, clip, radius = 0) =>
  ({ name, clip, radius, color: "blue", path: { "data-line": name }, dots: null });

// A path of 40 steps in the left axes, its loss in the right ones, and a start to be dragged.
export const SCENE = {
  size: [400, 200],
  unit: 1,
  clips: [[0, 0, 100, 100], [200, 0, 100, 100]],
  lines: [line("path", 0), line("loss", 1), line("start", 0, 7)],
  words: [{ "font-size": 10 }],
  scales: [{ tick: [0, 4], marks: {}, numbers: {} }],
  track: "path",
  by_step: ["path", "loss"],
  tail: undefined,
  handle: "start",
  grid: false,
};

// A widget's model. What is sent is kept in `sent`; `answer()` is the kernel's, to the last of it.
export class Model {
  sent = [];
  listeners = {};

  constructor(scene = {}) {
    this.values = {
      scene: { ...SCENE, ...scene },
      still: new DataView(new ArrayBuffer(8)),
      ...packed([PATH, LOSS, [PATH[0]]]),
      words: [[5, 6, "two\nlines"]],
      scales: [[[10, 100, "0"], [50, 100, "40"]]],
      tick: 1,
      caption: "One.",
      alert: "",
    };
  }

  get(name) {
    return this.values[name];
  }

  // As an update of the kernel does it.
  set(values) {
    Object.assign(this.values, values, { tick: this.values.tick + 1 });
    this.listeners["change:tick"]?.();
  }

  send(message, callbacks) {
    this.sent.push(message);
    this.answer = () => callbacks.iopub.status({ content: { execution_state: "idle" } });
  }

  on(name, listener) {
    this.listeners[name] = listener;
  }

  off(name) {
    delete this.listeners[name];
  }
}
