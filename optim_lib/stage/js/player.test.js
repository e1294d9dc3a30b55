import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { element, Model, packed, LOSS, PATH, STEPS } from "../../../tests/stage/page.js";
import render from "./index.js";

const real = { setInterval, clearInterval, matchMedia };
let model, play, scrub, readout, path, canvas, leave, tick, pause;

beforeEach(() => {
  globalThis.setInterval = (then, milliseconds) => ([tick, pause] = [then, milliseconds])[1];
  globalThis.clearInterval = () => (tick = null);
  [model, tick] = [new Model(), null];
  const el = element();
  leave = render.render({ model, el });
  [play] = el.all((node) => node.tag === "button");
  [scrub] = el.all((node) => node.tag === "input");
  [readout] = el.all((node) => node.tag === "output");
  [canvas] = el.all((node) => node.tag === "svg");
  [path] = el.all((node) => node.getAttribute("data-line") === "path");
});

afterEach(() => Object.assign(globalThis, real));

const drawn = () => path.getAttribute("d").split(/[ML]/).length - 1;

test("the whole path is drawn at first, and the bar is at its end", () => {
  assert.deepEqual([drawn(), scrub.value, scrub.max], [STEPS + 1, STEPS, STEPS]);
  assert.equal(play.textContent, "▶ Play");
});

test("Play goes from the first step to the last, and draws the path up to there", () => {
  play.fire("click");
  assert.deepEqual([drawn(), scrub.value, play.textContent], [1, 0, "❚❚ Pause"]);
  const seen = [];
  while (tick) tick(), seen.push(drawn());
  assert.deepEqual(seen.slice(0, 3), [2, 3, 4]);
  assert.deepEqual([seen.length, scrub.value, drawn()], [STEPS, STEPS, STEPS + 1]);
  assert.equal(play.textContent, "▶ Play");
  play.fire("click");
  assert.equal(scrub.value, 0);
});

test("however many steps there are, it takes ten seconds", () => {
  const many = Array.from({ length: 5001 }, (_, step) => [step / 50, 0]);
  model.set(packed([many, many, [many[0]]]));
  play.fire("click");
  let seconds = 0;
  while (tick) tick(), (seconds += pause / 1000);
  assert.ok(Math.abs(seconds - 10) < 0.1, seconds);
});

test("whoever wants less motion sees it in longer strides", () => {
  globalThis.matchMedia = () => ({ matches: true });
  play.fire("click");
  tick();
  assert.deepEqual([pause, scrub.value], [500, 2]);
});

test("Play again stops at the step, which stays", () => {
  play.fire("click");
  tick();
  play.fire("click");
  assert.deepEqual([tick, drawn(), scrub.value], [null, STEPS + 1, 1]);
  assert.match(readout.textContent, /^step 1/);
  play.fire("click");
  assert.equal(scrub.value, 1);
});

test("the bar reads a step, and ends Play", () => {
  play.fire("click");
  scrub.value = "12";
  scrub.fire("input");
  assert.deepEqual([tick, drawn()], [null, STEPS + 1]);
  assert.match(readout.textContent, /^step 12/);
});

test("Escape lets go, wherever it stands", () => {
  play.fire("click");
  scrub.fire("keydown", { key: "Escape" });
  assert.equal(tick, null);
  assert.match(readout.textContent, /^Point at the path/);
});

test("a shorter run under Play ends it at its last step", () => {
  scrub.value = "30";
  scrub.fire("input");
  play.fire("click");
  model.set(packed([PATH.slice(0, 11), LOSS.slice(0, 11), [PATH[0]]]));
  assert.deepEqual([scrub.value, drawn()], [10, 11]);
  tick();
  assert.equal(tick, null);
});

test("the pointer does not disturb it", () => {
  play.fire("click");
  canvas.fire("pointerdown", { clientX: 40, clientY: 50 });
  canvas.fire("pointermove", { clientX: 40, clientY: 50 });
  assert.equal(scrub.value, 0);
});

test("a panel that is taken away plays no more", () => {
  play.fire("click");
  leave();
  assert.deepEqual([tick, model.listeners], [null, {}]);
});
