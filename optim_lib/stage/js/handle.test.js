import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { element, Model, packed, LOSS, PATH, SCENE } from "../../../tests/stage/page.js";
import render from "./index.js";

let model, canvas, grip;

beforeEach(() => begin({}));

function begin(scene) {
  model = new Model(scene);
  const el = element();
  render.render({ model, el });
  [canvas] = el.all((node) => node.tag === "svg");
  [grip] = el.all((node) => node.className === "optim-grip");
}

const place = () => [grip.getAttribute("cx"), grip.getAttribute("cy")].map(Number);
const at = (x, y) => ({ clientX: x, clientY: y, pointerId: 1 });
const startsAt = (x, y) => model.set(packed([PATH, LOSS, [[x, y]]]));

test("it stands where the kernel says", () => {
  assert.deepEqual(place(), [10, 50]);
  startsAt(30, 60);
  assert.deepEqual(place(), [30, 60]);
});

test("it is dragged, as far as its axes go, and leads until it is dropped", () => {
  assert.ok(grip.fire("pointerdown", at(10, 50)));
  grip.fire("pointermove", at(20, 40));
  assert.deepEqual(model.sent, [{ type: "drag", x: 20, y: 40 }]);
  grip.fire("pointermove", at(150, -9));
  assert.deepEqual(place(), [100, 0]);
  startsAt(20, 40);
  assert.deepEqual(place(), [100, 0]);
  assert.deepEqual(model.sent.at(-1), { type: "drag", x: 100, y: 0 });
  grip.fire("pointerup");
  startsAt(100, 0.5);
  assert.deepEqual(place(), [100, 0.5]);
});

test("the answer to an older place does not pull it back when it has been dropped", () => {
  grip.fire("pointerdown", at(10, 50));
  for (const x of [20, 30]) grip.fire("pointermove", at(x, 50));
  grip.fire("pointerup");
  startsAt(20, 50);
  assert.deepEqual(place(), [30, 50]);
  startsAt(30, 50.2);
  assert.deepEqual(place(), [30, 50.2]);
});

test("a pointer is measured on the picture as it is shown", () => {
  canvas.wide = 200;
  grip.fire("pointerdown", at(5, 25));
  grip.fire("pointermove", at(10, 20));
  assert.deepEqual(model.sent, [{ type: "drag", x: 20, y: 40 }]);
});

test("nothing but the handle is dragged", () => {
  canvas.fire("pointerdown", at(10, 50));
  canvas.fire("pointermove", at(20, 40));
  assert.ok(model.sent.every((message) => message.type === "read"));
});

test("the arrow keys move it, and with Shift finely", () => {
  assert.ok(grip.fire("keydown", { key: "ArrowUp" }));
  model.answer();
  grip.fire("keydown", { key: "ArrowRight", shiftKey: true });
  assert.deepEqual(model.sent.map(({ x, y }) => [x, y]), [[10, 40], [12, 40]]);
  assert.ok(!grip.fire("keydown", { key: "a" }));
});

test("on a map the arrow keys go from cell to cell, upwards with ArrowUp", () => {
  begin({ grid: true });
  assert.match(grip.getAttribute("aria-label"), /^setting on the map/);
  assert.ok(grip.fire("keydown", { key: "ArrowUp" }));
  model.answer();
  grip.fire("keydown", { key: "ArrowLeft", shiftKey: true });
  const steps = model.sent.map(({ type, dx, dy }) => [type, dx, Math.abs(dy)]);
  assert.deepEqual(steps, [["step", 0, 1], ["step", -8, 0]]);
  assert.ok(model.sent[0].dy > 0);
  assert.deepEqual(place(), [10, 50]);
});

test("a click on the map chooses a cell, and one elsewhere none", () => {
  canvas.fire("click", at(60, 70));
  assert.deepEqual(model.sent, []);
  begin({ grid: true });
  canvas.fire("click", at(250, 70));
  assert.deepEqual(model.sent, []);
  canvas.fire("click", at(60, 70));
  assert.deepEqual(model.sent, [{ type: "pick", x: 60, y: 70 }]);
});

test("without a handle there is nothing to grasp", () => {
  begin({ handle: null, lines: SCENE.lines });
  assert.equal(grip, undefined);
});
