// The numbers of one step, in words below the picture. The kernel sends those of all steps at once.

import { number, say } from "./format.js";
import { copyOf } from "./frame.js";
import { html } from "./svg.js";

const HINT = "Point at the path, or press Play, to read what happens at each step.";

const written = (value) => (Number.isFinite(value) ? number(value) : "–");

export class Readout {
  #asked = false;
  #table = { tick: -1, rows: 0 };

  constructor(node, model) {
    Object.assign(this, { node, model });
  }

  // Returns whether a message of the kernel was for the reader.
  hear({ type, tick, groups }, [buffer] = []) {
    if (type !== "readout") return false;
    const numbers = new Float64Array(copyOf(buffer));
    const width = groups.reduce((sum, [, n]) => sum + n, 2);
    this.#asked = false;
    this.#table = { tick, groups, numbers, width, rows: numbers.length / width };
    return true;
  }

  // Where the line broke, the answer is lost.
  forget() { this.#asked = false; }

  // Say what is known of a step. Returns where its arrow ends, if that is known of this run.
  show(step) {
    const { tick, rows } = this.#table;
    const isKnown = step !== null && rows > step;
    const isLate = step !== null && tick !== this.model.get("tick");
    this.node.classList.toggle("optim-late", isKnown && isLate);
    if (isLate && !this.#asked) {
      this.#asked = true;
      this.model.send({ type: "read" });
    }
    if (isKnown) return this.#tell(step, isLate);
    const words = step === null ? say(HINT) : say("step {step}", { step });
    if (this.node.textContent !== words) this.node.textContent = words;
    return null;
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
    return isLate ? null : row;
  }
}
