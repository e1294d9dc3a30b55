// One message to the kernel under way at a time, and the newest waits: a drag builds no backlog.

export class Post {
  underWay = null;
  #waiting = null;

  constructor(model) {
    this.model = model;
  }

  send(message) {
    this.#waiting = message;
    if (!this.underWay) this.next();
  }

  // The one under way is answered, or lost.
  next() {
    const message = this.#waiting;
    [this.underWay, this.#waiting] = [message, null];
    const status = ({ content }) =>
      content.execution_state === "idle" && this.underWay === message && this.next();
    if (message) this.model.send(message, { iopub: { status } });
  }
}
