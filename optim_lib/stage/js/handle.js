// The point that is dragged, or moved with the arrow keys. On a map it goes from cell to cell.

import { isInside } from "./svg.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const clamp = (value, low, size) => Math.min(Math.max(value, low), low + size);

export class Handle {
  isDragged = false;

  constructor(scene, post) {
    Object.assign(this, { scene, post });
    const { canvas } = scene;
    canvas.addEventListener("pointerdown", (event) => this.#grab(event));
    canvas.addEventListener("pointermove", (event) => this.isDragged && this.#moveTo(...scene.pointOf(event)));
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => (this.isDragged = false));
    canvas.addEventListener("click", (event) => scene.spec.grid && this.#pick(...scene.pointOf(event)));
    canvas.addEventListener("keydown", (event) => event.key in ARROWS && this.#press(event));
  }

  // It stands where the kernel says, unless that is the answer to an older place.
  draw() {
    const { handle } = this.scene;
    const leads = this.isDragged || this.post.underWay?.type === "drag";
    if (handle && !leads) this.#place(handle.xs[0], handle.ys[0]);
  }

  #place(x, y) {
    const { grip, handle } = this.scene;
    const { path, radius: r } = handle;
    this.at = [x, y];
    path.setAttribute("d", `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`);
    grip.setAttribute("cx", x);
    grip.setAttribute("cy", y);
  }

  #moveTo(toX, toY) {
    const { spec, handle } = this.scene;
    const [left, top, width, height] = spec.clips[handle.clip];
    const [x, y] = [clamp(toX, left, width), clamp(toY, top, height)];
    this.#place(x, y);
    this.post.send({ type: "drag", x, y });
  }

  #grab(event) {
    const { grip } = this.scene;
    if (event.target !== grip) return;
    this.isDragged = true;
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
    grip.focus({ preventScroll: true });
  }

  #pick(x, y) {
    const { grip, handle, spec } = this.scene;
    if (!isInside(spec.clips[handle.clip], x, y)) return;
    grip.focus({ preventScroll: true });
    this.post.send({ type: "pick", x, y });
  }

  // The page hears no more of the key.
  #press(event) {
    event.preventDefault();
    event.stopPropagation();
    const { grid } = this.scene.spec;
    const far = grid ? (event.shiftKey ? 8 : 1) : event.shiftKey ? 2 : 10;
    const [right, down] = ARROWS[event.key].map((along) => far * along);
    if (grid) this.post.send({ type: "step", dx: right, dy: -down });
    else this.#moveTo(this.at[0] + right, this.at[1] + down);
  }
}
