"""What every live panel does: from the controls to the stage, and back, and never in silence."""

import base64

import ipywidgets as widgets

from optim_lib.pictures import theme
from optim_lib.stage.cells import close, replace_older
from optim_lib.stage.raster import png
from optim_lib.stage.widget import Stage
from optim_lib.text import OneSentence, say


class Panel:
    """Controls, a walk that follows them, and a live picture of it on a Stage.

    controls  Controls: {name: the widget that holds its value}, and the rows that show them
    walk      a function of {name: value} -> (what was walked, [the errors in a part of it])
    picture   a function (walked, theme) -> a picture with show(), fits() and scene()
    readout   a function of what was walked -> what the Stage's readout returns; so is arrow

    `walked` and `picture` are what is on screen; `error` is what went wrong at the last change, or
    None; `panel` is the widget, and `stage` its upper part.
    """

    def __init__(self, controls, walk, picture, readout, arrow):
        self.controls, self._walk, self._draw = controls, walk, picture
        self._theme, self._busy = theme.current(), False
        try:
            self.walked, faults = walk(controls.values_now())
            self.picture = self._staged = picture(self.walked, self._theme)
            self.stage = Stage(**self.picture.scene())
        except BaseException:  # with no picture to say it in, it is raised: leave nothing behind
            for row in controls.rows:
                close(row)
            raise
        self.panel = widgets.VBox([self.stage, *controls.rows])
        self._report(faults)
        self.stage.on_drag = self.drag
        self.stage.readout = lambda: readout(self.walked)
        self.stage.arrow = lambda: arrow(self.walked)
        controls.reset.on_click(self.reset)
        for control in controls.values():
            control.observe(self._changed, "value")
        replace_older(self.panel)

    def update(self):
        """Walk again with the controls as they are. What goes wrong is said in the panel."""
        with self.stage.lock:
            try:
                walked, faults = self._walk(self.controls.values_now())
                self._show(walked)
            except Exception as error:
                faults = [error]
            self._report(faults)

    def _show(self, walked):
        picture, self._staged = self._staged, None  # the stage is not whole until this is done
        if picture is not None and picture.fits(walked):
            picture.show(walked)
            self.stage.update(picture.sentence)
        else:
            picture = self._draw(walked, self._theme)
            self.stage.restage(**picture.scene())
        self.walked, self.picture, self._staged = walked, picture, picture

    def _report(self, faults):
        self.error = next(iter(faults), None)
        if faults:
            self.stage.warn(" ".join(map(_in_a_sentence, faults)))

    def set(self, values):
        """Set several controls, {name: value}, and walk once."""
        with self.stage.lock:
            self._busy = True
            try:
                for name, value in values.items():
                    self.controls[name].value = value
            finally:
                self._busy = False
                self.update()

    def drag(self, x, y):
        """Begin at (x, y), to the four digits that a hand can mean."""
        self.set({"x": float(f"{x:.4g}"), "y": float(f"{y:.4g}")})

    def reset(self, *_):
        self.set(self.controls.first)

    def _changed(self, change):
        with self.stage.lock:
            if not self._busy:
                follow = self.controls.follow.get(change.owner, lambda value: {})
                self.set(follow(change.owner.value))

    def _repr_mimebundle_(self, **_):
        with self.stage.lock:
            picture = base64.b64encode(png(self.picture.figure)).decode()
            said = {"text/plain": self.picture.sentence}
        return {"image/png": picture} | self.panel._repr_mimebundle_() | said

    def close(self):
        """Take the panel off the kernel's hands."""
        close(self.panel)


def _in_a_sentence(error):
    name = type(error).__name__
    is_one = isinstance(error, OneSentence)
    return str(error) if is_one else say("{name}: {error}", name=name, error=error)


class Last:
    """A function that remembers its last call: asked for the same again, it returns the same."""

    def __init__(self, function):
        self.function, self.asked, self.returned = function, None, None

    def __call__(self, *args, **kwargs):
        if self.asked != (args, kwargs):
            self.returned, self.asked = self.function(*args, **kwargs), (args, kwargs)
        return self.returned
