// The numbers of one step, in words below the picture. The kernel sends those of all steps at once.

import { number, say } from "./format.js";
import { copyOf } from "./frame.js";
import { html } from "./svg.js";

const HINT = "Point at the path, or press Play, to read what happens at each step.";

const written = (value) => (Number.isFinite(value) ? number(value) : "–");

export class Readout {
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
  forget() { this.#asked = false; }

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
}
