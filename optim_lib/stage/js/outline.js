// Put before stage.js. From the bytes of an update to the outlines that SVG draws.

// Pixels: lines are cut off there, or they would be dashed all the way to where they diverged.
const EDGE = 2000.05;

const unpacked = (packed, spans) => {
  const count = Math.max(...spans.map(([, x, ofX, y, ofY]) => Math.max(x + ofX, y + ofY)));
  const tenths = packed.byteLength === 2 * count ? new Int16Array(packed) : new Int32Array(packed);
  const column = (n, start, moving) =>
    new Float64Array(n).map((_, k) => tenths[start + Math.min(k, moving - 1)] / 10);
  return spans.map(([n, x, ofX, y, ofY]) => [column(n, x, ofX), column(n, y, ofY)]);
};

const tenth = (number) => Math.round(10 * number) / 10;
const isNear = (x, y) => Math.abs(x) < EDGE && Math.abs(y) < EDGE;

// Which part of the way from a to b lies between the edges: [from, to], in shares of it; from > to if none does.
const nearPart = (a, b) => {
  const [low, high] = [(-EDGE - a) / (b - a), (EDGE - a) / (b - a)].sort((p, q) => p - q);
  return [Math.max(0, low), Math.min(1, high)];
};

const cutOff = (x, y, toX, toY) => {
  const [[fromX, endX], [fromY, endY]] = [nearPart(x, toX), nearPart(y, toY)];
  const [from, to] = [Math.max(fromX, fromY), Math.min(endX, endY)];
  const point = (share) => `${tenth(x + share * (toX - x))} ${tenth(y + share * (toY - y))}`;
  return from > to ? "" : `${from > 0 ? `M${point(from)}` : ""}L${point(to)}`;
};

const outline = (xs, ys, n) => {
  let drawn = n ? `M${xs[0]} ${ys[0]}` : "";
  for (let k = 1; k < n; k++) {
    const whole = isNear(xs[k - 1], ys[k - 1]) && isNear(xs[k], ys[k]);
    drawn += whole ? `L${xs[k]} ${ys[k]}` : cutOff(xs[k - 1], ys[k - 1], xs[k], ys[k]);
  }
  return drawn;
};

const dotsOf = (xs, ys, n) => {
  let drawn = "";
  for (let k = 0; k < n; k++) if (isNear(xs[k], ys[k])) drawn += `M${xs[k]} ${ys[k]}h0`;
  return drawn;
};
