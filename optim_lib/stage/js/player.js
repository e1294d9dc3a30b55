// Play, and the bar below the picture: from step to step.

import { say } from "./format.js";

const SECONDS = 10; // from the first step to the last

export class Player {
  #timer = null;

  constructor({ root, play, scrub }, scene, cursor) {
    Object.assign(this, { play, scene, cursor });
    play.textContent = say("▶ Play");
    play.addEventListener("click", () => (this.isPlaying ? this.stop() : this.start()));
    scrub.addEventListener("input", () => {
      this.stop();
      cursor.read(Number(scrub.value), true);
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || cursor.step === null) return;
      event.stopPropagation();
      this.stop();
      cursor.read(null, false);
    });
  }

  get isPlaying() { return this.#timer !== null; }

  start() {
    const { scene, cursor } = this;
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 500 : 40;
    const stride = Math.max(1, (scene.last * pause) / (1000 * SECONDS));
    let exact = cursor.step === null || cursor.step >= scene.last ? 0 : cursor.step;
    const show = () => {
      scene.cutAt(Math.floor(exact));
      cursor.read(Math.floor(exact), true);
    };
    this.play.textContent = say("❚❚ Pause");
    this.#timer = setInterval(() => {
      exact = Math.min(exact + stride, scene.last);
      show();
      if (exact >= scene.last) this.stop();
    }, pause);
    show();
  }

  stop() {
    if (!this.isPlaying) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.play.textContent = say("▶ Play");
    this.scene.cutAt(null);
  }
}
