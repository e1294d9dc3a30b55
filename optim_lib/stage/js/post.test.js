import assert from "node:assert/strict";
import { test } from "node:test";

import { Model } from "../../../tests/stage/page.js";
import { Post } from "./post.js";

test("one is under way, and of the others only the newest is sent", () => {
  const model = new Model();
  const post = new Post(model);
  for (let x = 0; x < 10; x++) post.send({ x });
  assert.deepEqual(model.sent, [{ x: 0 }]);
  model.answer();
  assert.deepEqual(model.sent, [{ x: 0 }, { x: 9 }]);
  model.answer();
  post.send({ x: 10 });
  assert.equal(model.sent.length, 3);
});

test("an answer that comes after a picture does not let a second one go", () => {
  const model = new Model();
  const post = new Post(model);
  post.send("a");
  const late = model.answer;
  post.send("b");
  post.next();
  assert.deepEqual(model.sent, ["a", "b"]);
  post.send("c");
  late();
  assert.deepEqual(model.sent, ["a", "b"]);
});
