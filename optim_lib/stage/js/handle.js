// The point that is dragged, or moved with the arrow keys.

import { pointOf } from "./svg.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Which way an arrow key points, with y downwards. The page hears no more of it.
export function arrowKey(event) {
  const move = ARROWS[event.key];
  if (!move) return null;
  event.preventDefault();
  event.stopPropagation();
  return move;
}

const clamp = (value, low, size) => Math.min(Math.max(value, low), low + size);

export class Handle {
  isDragged = false;

  constructor(scene, post) {
    Object.assign(this, { scene, post });
    const { canvas } = scene;
    const place = (event) => pointOf(event, canvas, scene.spec.size);
    canvas.addEventListener("pointerdown", (event) => this.#grab(event));
    canvas.addEventListener("pointermove", (event) => this.isDragged && this.moveTo(...place(event)));
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => (this.isDragged = false));
    canvas.addEventListener("keydown", (event) => scene.spec.grid || this.#press(event));
  }

  // It stands where the kernel says, unless that is the answer to an older place.
  draw() {
    const { handle } = this.scene;
    const leads = this.isDragged || this.post.underWay?.type === "drag";
    if (handle && !leads) this.scene.placeHandle(handle.xs[0], handle.ys[0]);
  }

  moveTo(x, y) {
    const { spec, handle } = this.scene;
    const [left, top, width, height] = spec.clips[handle.clip];
    const point = { x: clamp(x, left, width), y: clamp(y, top, height) };
    this.scene.placeHandle(point.x, point.y);
    this.post.send({ type: "drag", ...point });
  }

  #grab(event) {
    if (event.target !== this.scene.grip) return;
    this.isDragged = true;
    event.target.setPointerCapture(event.pointerId);
    event.preventDefault();
    event.target.focus({ preventScroll: true });
  }

  #press(event) {
    const { grip } = this.scene;
    const move = arrowKey(event);
    if (!move) return;
    const [x, y] = ["cx", "cy"].map((name) => Number(grip.getAttribute(name)));
    const far = event.shiftKey ? 2 : 10;
    this.moveTo(x + far * move[0], y + far * move[1]);
  }
}
