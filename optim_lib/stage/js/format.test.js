import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { number, say } from "./format.js";

const TABLE = new URL("../../../tests/stage/number_cases.json", import.meta.url);

test("a number is written as Python writes it", () => {
  const cases = JSON.parse(readFileSync(TABLE, "utf8"));
  assert.ok(cases.length > 300);
  const written = cases.map(([value, digits]) => [value, digits, number(Number(value), digits)]);
  assert.deepEqual(written, cases);
});

test("a sentence is filled in by name, wherever the name stands", () => {
  assert.equal(say("step {step}", { step: 0 }), "step 0");
  assert.equal(say("{b} before {a}, {b}", { a: "$&", b: "{a}" }), "{a} before $&, {a}");
  assert.equal(say("nothing to fill in"), "nothing to fill in");
});
