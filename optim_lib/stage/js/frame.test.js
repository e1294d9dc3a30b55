import assert from "node:assert/strict";
import { test } from "node:test";

import { copyOf, dotsOf, outline, unpacked } from "./frame.js";

const plain = (lines) => lines.map((line) => line.map((column) => [...column]));

test("a line is two columns of tenths of a pixel, of 2 or of 4 bytes", () => {
  const [spans, tenths] = [[[3, 0, 3, 3, 3]], [10, 25, 40, -5, 0, 5]];
  const drawn = [[[1, 2.5, 4], [-0.5, 0, 0.5]]];
  assert.deepEqual(plain(unpacked(Int16Array.from(tenths).buffer, spans)), drawn);
  assert.deepEqual(plain(unpacked(Int32Array.from(tenths).buffer, spans)), drawn);
});

test("a column is shared, and stays where it ends", () => {
  const spans = [[4, 0, 2, 2, 1], [2, 0, 2, 0, 2], [0, 0, 0, 0, 0]];
  const [one, other, none] = plain(unpacked(Int16Array.from([10, 20, 70]).buffer, spans));
  assert.deepEqual(one, [[1, 2, 2, 2], [7, 7, 7, 7]]);
  assert.deepEqual(other, [[1, 2], [1, 2]]);
  assert.deepEqual(none, [[], []]);
});

test("what lies at an odd place in a longer buffer is copied out of it", () => {
  const view = new DataView(Uint8Array.from([9, 1, 2, 3, 4, 9]).buffer, 1, 4);
  assert.deepEqual([...new Uint8Array(copyOf(view))], [1, 2, 3, 4]);
});

test("an outline joins the first n vertices", () => {
  assert.equal(outline([0, 1, 2], [5, 6, 7.5], 3), "M0 5L1 6L2 7.5");
  assert.equal(outline([0, 1, 2], [5, 6, 7.5], 1), "M0 5");
  assert.equal(outline([], [], 0), "");
});

test("a line is cut off far outside, in its own direction", () => {
  const whole = (drawn) => drawn.replace(/-?2000(\.\d)?/g, (edge) => Math.round(edge));
  assert.equal(whole(outline([0, 1e8], [0, 5e7], 2)), "M0 0L2000 1000");
  assert.equal(whole(outline([0, 1e8, 0], [0, 0, 10], 3)), "M0 0L2000 0M2000 10L0 10");
  assert.equal(whole(outline([-1e8, 1e8], [3, 3], 2)), "M-100000000 3M-2000 3L2000 3");
  assert.equal(whole(outline([0, 2000, 2000], [0, 0, 9], 3)), "M0 0L2000 0L2000 9");
  assert.equal(outline([0, 9000, 9000], [9000, 9000, 0], 3), "M0 9000");
});

test("a dot is drawn where it can be seen", () => {
  assert.equal(dotsOf([1, 1e8, 3], [2, 2, 4], 3), "M1 2h0M3 4h0");
  assert.equal(dotsOf([1, 2], [2, 3], 1), "M1 2h0");
});
