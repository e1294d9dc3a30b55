// The step that is read: by the pointer, by Play, or by the bar. A dot marks it on each line, a
// ruler where a line is drawn over the steps, and an arrow goes from the path along −∇f.

import { say } from "./format.js";
import { isInside, svg } from "./svg.js";

const REACH = 40; // how near, in pixels of the figure, the pointer must come to a step of the path

export class Cursor {
  step = null; // or none
  pinned = false; // by Play, the bar or a click; otherwise the pointer leads

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
    scene.cursor.replaceChildren(...(this.step === null ? [] : marks(scene, this.step, tip)));
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
}

// On the path the nearest of all steps; on another curve the one below or above the pointer.
export function nearest({ byStep, spec, track }, x, y) {
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
  const rulers = ruled.map(([[, top, , height], x]) =>
    svg("path", { class: "optim-ruler", d: `M${x} ${top}v${height}` }));
  const words = ruled.slice(0, 1).map(([[left, top, width], x]) => {
    const aside = (x > left + width / 2 ? -7 : 7) * spec.unit;
    return label(say("step {step}", { step }), x, top + 14 * spec.unit, aside);
  });
  const seen = byStep.filter((line) => isInside(spec.clips[line.clip], ...at(line)));
  const dots = seen.map((line) => svg("circle", { cx: at(line)[0], cy: at(line)[1], fill: line.color }));
  return [...rulers, ...words, ...dots, ...(tip ? arrow(...at(tail), ...tip, spec.unit) : [])];
}

function arrow(x, y, tipX, tipY, unit) {
  const long = Math.hypot(tipX - x, tipY - y);
  if (!(long > 1)) return [];
  const [ux, uy] = [(unit * (tipX - x)) / long, (unit * (tipY - y)) / long];
  const wing = (side) => `L${tipX - 11 * ux + side * uy} ${tipY - 11 * uy - side * ux}`;
  const d = `M${x} ${y}L${tipX} ${tipY}${wing(6)}M${tipX} ${tipY}${wing(-6)}`;
  return [
    svg("path", { class: "optim-below", d }),
    svg("path", { class: "optim-arrow", d, "data-arrow": "gradient" }),
    label("−∇f", tipX, tipY + 12 * uy + 5 * unit, 12 * ux),
  ];
}

// Beside x, to the left where `aside` is negative.
const label = (words, x, y, aside) =>
  svg("text", { x: x + aside, y, "text-anchor": aside < 0 ? "end" : "start" }, words);
