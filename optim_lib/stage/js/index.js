// Draws the moving lines of a matplotlib figure over its still picture. See stage/widget.py.

import { announcer, assist } from "./a11y.js";
import { Cursor } from "./cursor.js";
import { Handle } from "./handle.js";
import { Player } from "./player.js";
import { Post } from "./post.js";
import { Readout } from "./readout.js";
import { afterBreaks } from "./reconnect.js";
import { Scene } from "./scene.js";
import { layOut } from "./svg.js";

function render({ model, el }) {
  const page = layOut(el);
  const post = new Post(model);
  const scene = new Scene(page, model);
  const readout = new Readout(page.readout, model);
  const cursor = new Cursor(scene, readout, page.scrub);
  const player = new Player(page, scene, cursor);
  const handle = new Handle(scene, post);
  cursor.follow(() => handle.isDragged || player.isPlaying);
  const announce = announcer(page.status);
  const closing = new AbortController();

  const draw = () => {
    scene.draw();
    post.next();
    handle.draw();
    cursor.draw();
    page.alert.textContent = model.get("alert");
    page.alert.hidden = !page.alert.textContent;
    announce(model.get("caption"));
    page.root.dataset.frame = Number(page.root.dataset.frame ?? 0) + 1;
  };
  const hear = (...message) => [readout.hear(...message), cursor.draw()];
  assist(el, closing.signal);
  afterBreaks(model.widget_manager, closing.signal, () => [readout.forget(), post.next()]);
  model.on("change:tick", draw);
  model.on("msg:custom", hear);
  draw();
  return () => {
    closing.abort();
    player.stop();
    scene.close();
    model.off("change:tick", draw);
    model.off("msg:custom", hear);
  };
}

export default { render };
