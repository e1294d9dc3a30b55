"""What every live panel does: from the controls to the stage, and back, and never in silence."""

import base64

import ipywidgets as widgets

from optim_lib.panels import arguments
from optim_lib.stage.cells import close, replace_older
from optim_lib.stage.raster import png
from optim_lib.stage.widget import Stage
from optim_lib.text import ArgumentError, OneSentence


class Panel:
    """Controls, and a Stage on which they draw. A subclass says what is walked and how it looks:

    _walk()   run with the controls as they are
    _draw()   make self.picture: a figure, its sentence
    _kind()   what one picture is drawn for: anything else needs a new one
    _move()   move what moves in it
    _scene()  what the Stage is handed

    controls  {name: the widget that holds its value}
    error     what went wrong at the last change, or None
    panel     the widget
    """

    def __init__(self, controls, rows, stage=Stage):
        self.controls, self.error, self._rows = controls, None, rows
        self._busy = False
        self._first_values = {name: control.value for name, control in controls.items()}
        self._first_walk()
        self._draw()
        self.stage = stage(**self._scene())
        self._staged = self._kind()
        self.panel = widgets.VBox([self.stage, *rows])
        for control in controls.values():
            control.observe(self._changed, "value")
        replace_older(self.panel)

    def _first_walk(self):
        """With no picture to show a sentence in, an error is raised, and nothing left behind."""
        try:
            self._walk()
        except Exception as error:
            for row in self._rows:
                close(row)
            raise (ArgumentError(str(error)) if isinstance(error, ValueError) else error) from None

    def update(self):
        """Run again with the controls as they are. What goes wrong is said in the panel."""
        with self.stage.lock:
            try:
                self._walk()
                self._draw_or_move()
                self.error = None
            except Exception as error:
                self.error = error
                known = isinstance(error, (OneSentence, ValueError))
                self.stage.warn(str(error) if known else f"{type(error).__name__}: {error}")

    def _draw_or_move(self):
        if self._staged == self._kind():
            self._move()
            self.stage.update(self.picture.sentence)
        else:
            self._staged = "nothing whole, until this is done"
            self._draw()
            self.stage.restage(**self._scene())
            self._staged = self._kind()

    def _kind(self):
        return None

    def set(self, values):
        """Set several controls, {name: value}, and run once."""
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
        self.set(self._first_values)

    def _changed(self, _):
        if not self._busy:
            self.update()

    def _repr_mimebundle_(self, **_):
        with self.stage.lock:
            picture = base64.b64encode(png(self.picture.figure)).decode()
            said = {"text/plain": self.picture.sentence}
        return {"image/png": picture} | self.panel._repr_mimebundle_() | said

    def close(self):
        """Take the panel off the kernel's hands."""
        close(self.panel)


def reset_button(panel):
    button = widgets.Button(description="Reset", tooltip="Put every control back to where it was")
    button.on_click(panel.reset)
    return button


def start_boxes(start):
    """Number boxes for the coordinates of the start."""
    return [
        widgets.BoundedFloatText(
            value=at,
            min=-arguments.FARTHEST,
            max=arguments.FARTHEST,
            description=f"start {axis}",
            style={"description_width": "56px"},
            layout={"width": "150px"},
        )
        for axis, at in zip("xy", start, strict=True)
    ]


def row(*views):
    """Side by side where there is room, else below one another."""
    return widgets.HBox(views, layout={"flex_flow": "row wrap", "margin": "6px 0 0 0"})
