// Put before stage.js. JupyterLab and Notebook 7 go to another cell by the arrow keys, except from
// where they are asked not to. In a panel these keys move a slider, the start or the step.

const LEAVE = "data-lm-suppress-shortcuts";

// Until the function returned is called.
function keepArrows(panel) {
  const ask = ({ key, target }) =>
    panel.contains(target) && target.toggleAttribute(LEAVE, key.startsWith("Arrow"));
  addEventListener("keydown", ask, true); // before the page, which listens in that phase too
  return () => removeEventListener("keydown", ask, true);
}
