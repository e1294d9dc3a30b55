// Put before stage.js. Whoever listens is told of a slider what others see: its label, and the
// value in the box beside it. ipywidgets gives neither to the handle.

const set = (node, name, value) => node.getAttribute(name) === value || node.setAttribute(name, value);

const nameSlider = (slider) => {
  const handle = slider.querySelector(".noUi-handle");
  const box = slider.closest(".widget-hbox")?.querySelector("input");
  if (!handle) return;
  const label = slider.querySelector(".widget-label").textContent;
  set(handle, "aria-label", label);
  if (!box) return;
  set(box, "aria-label", label);
  set(handle, "aria-valuetext", box.value);
};

// The sliders of a panel, also those that are drawn after this call; until .disconnect().
function nameSliders(panel) {
  const all = () => panel.querySelectorAll(".widget-slider").forEach(nameSlider);
  const watch = new MutationObserver(all);
  watch.observe(panel, { childList: true, subtree: true });
  all();
  return watch;
}
