import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { element, Model, packed, LOSS, PATH, SCENE } from "../../../tests/stage/page.js";
import render from "./index.js";

let model, el, canvas;

beforeEach(() => {
  [model, el] = [new Model(), element()];
  render.render({ model, el });
  [canvas] = el.all((node) => node.tag === "svg");
});

const [found, tagged] = [
  (name) => canvas.all((node) => node.getAttribute("data-line") === name)[0],
  (tag) => canvas.all((node) => node.tag === tag),
];

test("a line is cut off at its axes, and the handle is not", () => {
  const groups = tagged("g").filter((node) => node.getAttribute("clip-path"));
  assert.deepEqual([groups.indexOf(found("path").parent), groups.indexOf(found("loss").parent)], [0, 1]);
  assert.ok(!groups.includes(found("start").parent));
  const [, second] = tagged("clipPath");
  assert.equal(found("loss").parent.getAttribute("clip-path"), `url(#${second.id})`);
});

test("words break where their text does", () => {
  const lines = tagged("tspan").map((node) => [node.x, node.y, node.textContent]);
  assert.deepEqual(lines, [["5", "6", "two"], ["5", "18.5", "lines"]]);
});

test("words that stay are not laid out anew", () => {
  const [before] = tagged("tspan");
  model.set({ words: [[5, 6, "two\nlines"]] });
  assert.equal(tagged("tspan")[0], before);
  model.set({ words: [[5, 7, "one"]] });
  assert.deepEqual(tagged("tspan").map((node) => node.textContent), ["one"]);
});

test("an axis has its ticks, and its numbers beside them", () => {
  model.set({ scales: [[[20, 100, "7"]]] });
  const [marks, numbers] = canvas.children;
  assert.equal(marks.getAttribute("d"), "M20 100l0 4");
  assert.deepEqual(numbers.children.map(({ x, y, textContent }) => [x, y, textContent]), [["20", "108", "7"]]);
});

test("a new frame moves what there is; a new scene or still picture is built anew", () => {
  const path = found("path");
  model.set(packed([PATH.slice(5), LOSS.slice(5), [PATH[5]]]));
  assert.equal(found("path"), path);
  assert.match(path.getAttribute("d"), /^M15 50/);
  model.set({ scene: { ...SCENE } });
  const again = found("path");
  assert.notEqual(again, path);
  model.set({ still: new DataView(new ArrayBuffer(9)) });
  assert.notEqual(found("path"), again);
});

test("the sentence is the picture's alt text, and an alert is shown until it is gone", () => {
  const [image] = el.all((node) => node.tag === "img");
  const [alert] = el.all((node) => node.role === "alert");
  assert.deepEqual([image.alt, alert.hidden], ["One.", true]);
  model.set({ alert: "Mend it." });
  assert.deepEqual([alert.textContent, alert.hidden], ["Mend it.", false]);
  model.set({ alert: "", caption: "Two." });
  assert.deepEqual([image.alt, alert.hidden], ["Two.", true]);
});
