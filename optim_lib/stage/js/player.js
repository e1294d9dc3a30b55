// Play, and the bar below the picture: from step to step.

import { say } from "./format.js";

const SECONDS = 10; // from the first step to the last

export class Player {
  #timer = null;

  constructor({ root, play, scrub }, scene, cursor) {
    Object.assign(this, { play, scene, cursor });
    play.textContent = say("▶ Play");
    play.addEventListener("click", () => (this.isPlaying ? this.stop() : this.start()));
    scrub.addEventListener("input", () => this.#leave(Number(scrub.value)));
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || cursor.step === null) return;
      event.stopPropagation();
      this.#leave(null);
    });
  }

  get isPlaying() { return this.#timer !== null; }

  start() {
    const { scene, cursor } = this;
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 500 : 40;
    const stride = Math.max(1, (scene.last * pause) / (1000 * SECONDS));
    const from = cursor.step === null || cursor.step >= scene.last ? 0 : cursor.step;
    let exact = from - stride;
    const show = () => {
      exact = Math.min(exact + stride, scene.last);
      scene.cutAt(Math.floor(exact));
      cursor.read(Math.floor(exact), true);
      if (exact >= scene.last) this.stop();
    };
    this.#timer = setInterval(show, pause);
    this.play.textContent = say("❚❚ Pause");
    show();
  }

  stop() {
    if (!this.isPlaying) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.play.textContent = say("▶ Play");
    this.scene.cutAt(Infinity);
  }

  #leave(step) {
    this.stop();
    this.cursor.read(step, step !== null);
  }
}
