// From the bytes of an update to the outlines that SVG draws.

// Pixels: lines are cut off there, or they would be dashed all the way to where they diverged.
// No vertex lies on it, since they are whole tenths.
const EDGE = 2000.05;

export const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
export const copyOf = (view) => bytesOf(view).slice().buffer;

// [[xs, ys]] of each line. How they are packed is said in stage/encode.py.
export function unpacked(packed, spans) {
  const count = Math.max(...spans.map(([, x, ofX, y, ofY]) => Math.max(x + ofX, y + ofY)));
  const tenths = packed.byteLength === 2 * count ? new Int16Array(packed) : new Int32Array(packed);
  const column = (n, start, moving) =>
    Float64Array.from({ length: n }, (_, k) => tenths[start + Math.min(k, moving - 1)] / 10);
  return spans.map(([n, x, ofX, y, ofY]) => [column(n, x, ofX), column(n, y, ofY)]);
}

const tenth = (number) => Math.round(10 * number) / 10;
const isNear = (x, y) => Math.abs(x) < EDGE && Math.abs(y) < EDGE;

// The shares of the way from a to b at which it comes between the edges, and leaves them.
const crossings = (a, b) => [(-EDGE - a) / (b - a), (EDGE - a) / (b - a)].sort((p, q) => p - q);

function cutOff(x, y, toX, toY) {
  const [[inX, outX], [inY, outY]] = [crossings(x, toX), crossings(y, toY)];
  const [from, to] = [Math.max(0, inX, inY), Math.min(1, outX, outY)];
  const point = (share) => `${tenth(x + share * (toX - x))} ${tenth(y + share * (toY - y))}`;
  return from > to ? "" : `${from > 0 ? `M${point(from)}` : ""}L${point(to)}`;
}

// The first n vertices, joined.
export function outline(xs, ys, n) {
  let drawn = n ? `M${xs[0]} ${ys[0]}` : "";
  for (let k = 1; k < n; k++) {
    const whole = isNear(xs[k - 1], ys[k - 1]) && isNear(xs[k], ys[k]);
    drawn += whole ? `L${xs[k]} ${ys[k]}` : cutOff(xs[k - 1], ys[k - 1], xs[k], ys[k]);
  }
  return drawn;
}

export function dotsOf(xs, ys, n) {
  let drawn = "";
  for (let k = 0; k < n; k++) if (isNear(xs[k], ys[k])) drawn += `M${xs[k]} ${ys[k]}h0`;
  return drawn;
}
