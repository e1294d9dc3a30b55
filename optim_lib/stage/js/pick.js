// Put behind stage.js, in place of its last line: a click on the map, or an arrow key on the mark,
// chooses a cell. See maps.py.

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function renderMap(context) {
  const leave = render(context);
  const { model, el } = context;
  const canvas = el.querySelector(".optim-picture svg");
  const frame = () => el.querySelector(".optim-stage").dataset.frame;
  let waitingFor = null; // the frame on screen when a key was sent: no other until it is answered

  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const [width, height] = model.get("scene").size;
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };

  const onMap = ([x, y]) => {
    const { clips, lines, handle } = model.get("scene");
    const [left, top, width, height] = clips[lines.find((line) => line.name === handle).clip];
    return x >= left && x <= left + width && y >= top && y <= top + height;
  };

  canvas.addEventListener("click", (event) => {
    const [x, y] = pointOf(event);
    if (!onMap([x, y])) return;
    canvas.querySelector(".optim-grip").focus({ preventScroll: true });
    model.send({ type: "pick", x, y });
  });

  const key = (event) => {
    const move = KEYS[event.key];
    if (!move || !event.target.classList.contains("optim-grip")) return;
    event.preventDefault();
    event.stopPropagation();
    if (waitingFor === frame()) return;
    waitingFor = frame();
    const far = event.shiftKey ? 8 : 1;
    model.send({ type: "step", dx: far * move[0], dy: far * move[1] });
  };
  canvas.addEventListener("keydown", key, true); // before stage.js, which moves by pixels

  canvas.addEventListener("focusin", (event) => {
    event.target.setAttribute("aria-label", "setting on the map: click one, or move with the arrow keys");
  });
  return leave;
}

export default { render: renderMap };
