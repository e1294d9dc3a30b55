// One message to the kernel under way at a time, and the newest waits: a drag builds no backlog.

export function oneAtATime(model) {
  let [underWay, waiting] = [null, null];
  // The one under way is answered, or lost.
  const next = () => {
    const message = waiting;
    [underWay, waiting] = [message, null];
    const status = ({ content }) =>
      content.execution_state === "idle" && underWay === message && next();
    if (message) model.send(message, { iopub: { status } });
  };
  const send = (message) => {
    waiting = message;
    if (!underWay) next();
  };
  return { send, next };
}
