// On a map a click, or an arrow key on the handle, chooses a cell.

import { arrowKey } from "./handle.js";
import { isInside, pointOf } from "./svg.js";

export function chooseCells(scene, post) {
  const { canvas } = scene;
  canvas.addEventListener("click", (event) => {
    const { grip, handle, spec } = scene;
    const [x, y] = pointOf(event, canvas, spec.size);
    if (!spec.grid || !isInside(spec.clips[handle.clip], x, y)) return;
    grip.focus({ preventScroll: true });
    post.send({ type: "pick", x, y });
  });
  canvas.addEventListener("keydown", (event) => {
    const move = scene.spec.grid && arrowKey(event);
    const far = event.shiftKey ? 8 : 1;
    if (move) post.send({ type: "step", dx: far * move[0], dy: -far * move[1] });
  });
}
