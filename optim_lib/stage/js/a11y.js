// For those who listen, and those who use the keyboard.

const QUIET = 700; // milliseconds without a change, after which the last one is announced
const LEAVE = "data-lm-suppress-shortcuts";

export function announcer(status) {
  let timer;
  return (sentence) => {
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = sentence), QUIET);
  };
}

// Help with the sliders around the stage, which is put among them only after it is drawn.
export function assist(el, signal) {
  requestAnimationFrame(() => {
    if (signal.aborted) return;
    const panel = el.closest(".widget-vbox") ?? el;
    // JupyterLab and Notebook 7 go to another cell by the arrow keys, except from where they are
    // asked not to. In a panel these keys move a slider, the start or the step.
    const ask = ({ key, target }) =>
      panel.contains(target) && target.toggleAttribute(LEAVE, key.startsWith("Arrow"));
    addEventListener("keydown", ask, { capture: true, signal }); // the page listens in that phase too
    const name = () => panel.querySelectorAll(".widget-slider").forEach(nameSlider);
    const watch = new MutationObserver(name);
    watch.observe(panel, { childList: true, subtree: true });
    signal.addEventListener("abort", () => watch.disconnect());
    name();
  });
}

// Whoever listens is told of a slider what others see: its label, and the value in the box beside
// it. ipywidgets gives neither to the handle.
function nameSlider(slider) {
  const handle = slider.querySelector(".noUi-handle");
  const box = slider.closest(".widget-hbox")?.querySelector("input");
  if (handle) handle.ariaLabel = slider.querySelector(".widget-label").textContent;
  if (handle && box) [box.ariaLabel, handle.ariaValueText] = [handle.ariaLabel, box.value];
}
