import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { element, Model, packed, LOSS, PATH, SCENE, STEPS } from "../../../tests/stage/page.js";
import render from "./index.js";

let model, el, canvas, readout, cursor;

beforeEach(() => begin({}));

function begin(scene) {
  [model, el] = [new Model(scene), element()];
  render.render({ model, el });
  [canvas] = el.all((node) => node.tag === "svg");
  [readout] = el.all((node) => node.tag === "output");
  [cursor] = el.all((node) => node.className === "optim-cursor");
}

const at = (x, y) => ({ clientX: x, clientY: y });
const dots = () => cursor.all(({ tag }) => tag === "circle").map(({ cx, cy }) => [cx, cy].map(Number));
const shown = (name) => cursor.all((node) => node.className === name).map(({ d }) => d);
const isLate = () => readout.attributes["optim-late"];

// What the kernel says of every step: θ = (step, −step), a loss that overflows, and the arrow's tip.
function tell(tick = model.get("tick")) {
  const rows = PATH.map(([x], step) => [step, -step, step > 20 ? Infinity : 0.5, x + 30, 90]);
  const buffer = new DataView(Float64Array.from(rows.flat()).buffer);
  const groups = [["θ =", 2], ["loss", 1]];
  model.listeners["msg:custom"]({ tick, groups }, [buffer]);
}

test("nothing is read at first, and the reader is told how", () => {
  assert.match(readout.textContent, /^Point at the path, or press Play/);
  assert.deepEqual([cursor.children, model.sent], [[], []]);
});

test("the nearest step of the path is read, if it is near", () => {
  canvas.fire("pointermove", at(25.4, 60));
  assert.deepEqual(dots(), [PATH[15], LOSS[15]]);
  canvas.fire("pointermove", at(25, 95));
  assert.deepEqual(dots(), []);
});

test("on a curve the step below or above the pointer is read, however far", () => {
  canvas.fire("pointermove", at(231, 5));
  assert.deepEqual(dots(), [PATH[10], LOSS[10]]);
  canvas.fire("pointermove", at(150, 5));
  assert.deepEqual(dots(), []);
  model.set(packed([PATH.slice(0, 11), LOSS.slice(0, 11), [PATH[0]]]));
  canvas.fire("pointermove", at(299, 5));
  assert.deepEqual(dots(), [PATH[10], LOSS[10]]);
});

test("a ruler crosses the curves, with the number of the step on the side that has room", () => {
  for (const [x, step, side] of [[230, 10, "start"], [290, STEPS, "end"]]) {
    canvas.fire("pointermove", at(x, 5));
    assert.deepEqual(shown("optim-ruler"), [`M${x} 0v100`]);
    const [words] = cursor.all(({ tag }) => tag === "text");
    assert.deepEqual([words.textContent, words["text-anchor"]], [`step ${step}`, side]);
  }
});

test("a step outside the axes has no dot", () => {
  model.set(packed([PATH.map(([x, y]) => [x, y - 100]), LOSS, [PATH[0]]]));
  canvas.fire("pointermove", at(230, 5));
  assert.deepEqual(dots(), [LOSS[10]]);
});

test("a click holds the step, and one beside the path lets go", () => {
  canvas.fire("pointerdown", at(25, 50));
  canvas.fire("pointermove", at(30, 50));
  canvas.fire("pointerleave");
  assert.deepEqual(dots()[0], PATH[15]);
  canvas.fire("pointerdown", at(150, 5));
  assert.deepEqual(dots(), []);
});

test("the kernel is asked once, for all steps", () => {
  canvas.fire("pointermove", at(25, 50));
  canvas.fire("pointermove", at(26, 50));
  assert.deepEqual(model.sent, [{ type: "read" }]);
  assert.equal(readout.textContent, "step 16");
  tell();
  assert.equal(readout.textContent, "step 16 θ = (16, −16) loss 0.5");
  canvas.fire("pointermove", at(40, 50));
  assert.equal(readout.textContent, "step 30 θ = (30, −30) loss –");
  assert.equal(model.sent.length, 1);
});

test("an arrow goes from the step to the tip that the kernel has told", () => {
  canvas.fire("pointermove", at(25, 50));
  assert.deepEqual(shown("optim-arrow"), []);
  tell();
  assert.match(shown("optim-arrow")[0], /^M25 50L55 90L/);
  assert.equal(cursor.lastChild.textContent, "−∇f");
});

test("the numbers of the run before are pale, without its arrow, until the new ones are here", () => {
  canvas.fire("pointerdown", at(25, 50));
  tell();
  model.set({});
  assert.ok(isLate());
  assert.match(readout.textContent, /^step 15 θ = \(15/);
  assert.deepEqual([shown("optim-arrow"), model.sent.length], [[], 2]);
  tell(model.get("tick") - 1);
  assert.ok(isLate());
  tell();
  assert.ok(!isLate());
  assert.equal(shown("optim-arrow").length, 1);
});

test("a line of several vertices a step is read at the last of them", () => {
  const zigzag = PATH.flatMap(([x, y]) => [[x, y], [x, y + 5]]);
  const lines = [SCENE.lines[0], { ...SCENE.lines[1], name: "look-ahead", clip: 0 }, SCENE.lines[2]];
  begin({ lines, by_step: ["path", "look-ahead"], tail: "look-ahead" });
  model.set(packed([PATH, zigzag, [PATH[0]]]));
  canvas.fire("pointermove", at(25, 50));
  assert.deepEqual(dots(), [[25, 50], [25, 55]]);
  tell();
  assert.match(shown("optim-arrow")[0], /^M25 55L/);
});
