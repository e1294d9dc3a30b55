// ipywidgets sends a slider's next value when the kernel has answered the last one. Where the line
// broke in between, that answer is lost, and the slider would wait for ever.

const ANSWERED = { content: { execution_state: "idle" } };

// After each break, once the kernel's state is here again, free the sliders and call `resume`.
export function afterBreaks(manager, signal, resume) {
  const free = async () => {
    resume();
    for (const id of Object.keys(manager.get_state_sync().state)) {
      const widget = await manager.get_model(id);
      if (!(widget._pending_msgs > 0)) continue;
      widget._pending_msgs = 1;
      widget._handle_status(ANSWERED);
    }
  };
  manager?.restored?.connect(free);
  signal.addEventListener("abort", () => manager?.restored?.disconnect(free));
}
