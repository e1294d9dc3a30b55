// The nodes of a panel.

export function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

export function html(name, properties, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

// An empty panel.
export function layOut(el) {
  const nodes = {
    alert: html("div", { className: "optim-alert", role: "alert", hidden: true }),
    still: html("img", {}),
    canvas: svg("svg", {}),
    play: html("button", { type: "button" }),
    scrub: html("input", { type: "range", min: 0, value: 0 }),
    readout: html("output", { className: "optim-readout" }),
    status: html("div", { className: "optim-status", role: "status" }),
  };
  const picture = html("div", { className: "optim-picture" }, nodes.still, nodes.canvas);
  const bar = html("div", { className: "optim-bar" }, nodes.play, nodes.scrub);
  const parts = [nodes.alert, picture, bar, nodes.readout, nodes.status];
  el.append(html("div", { className: "optim-stage" }, ...parts));
  return { root: el.lastChild, ...nodes };
}

export const isInside = ([left, top, width, height], x, y) =>
  x >= left && x <= left + width && y >= top && y <= top + height;
