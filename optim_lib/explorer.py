"""A rule's live panel: its sliders, the path that they give, and the rule before it as a ghost."""

import base64
import inspect

import ipywidgets as widgets
import numpy as np

from optim_lib import handed, landscapes
from optim_lib.cells import close, replace_older
from optim_lib.errors import OneSentence, PanelError
from optim_lib.knobs import DEFAULTS, GRIDS, Knob, knob, knobs_of
from optim_lib.lookahead import asked_at
from optim_lib.rules import gd
from optim_lib.runner import hyperparameters, impulse, run
from optim_lib.stage import Stage, png
from optim_lib.views import Picture, slots_of

MENU = (
    landscapes.rosenbrock,
    landscapes.valley(25),
    landscapes.saddle,
    landscapes.beale,
    landscapes.himmelblau,
)
FORGETTING_STEPS = 100


def explore(
    rule, before=None, on=landscapes.rosenbrock, steps=300, start=None, size=None, **sliders
):
    """A live panel for a rule(theta, grad, memory, *, eta, ...) -> (theta, memory).

    before   the rule it grew out of, drawn as a ghost under the same sliders; rules.gd takes the
             exact gradient also where the rule itself is handed that of a mini-batch
    on       a Landscape, or a function of theta
    steps    how many to take at first
    start    (x, y); the landscape's own if left out
    size     its width in pixels, or "screen": as large as fits the window with its sliders
    sliders  one for each keyword-only parameter of the rule, by ipywidgets' abbreviations:
             beta1=0.5 is where it stands at first, beta1=(0, 0.99) where it ends; and batch=,
             the mini-batch size, on a landscape that is a mean over examples

    Raises a RuleError or PanelError, in one sentence, when there is nothing that could be shown.
    """
    rule, before = handed.as_rule(rule), None if before is None else handed.as_rule(before)
    surface, steps = handed.as_surface(on), handed.as_steps(steps)
    start = handed.as_start(surface.start if start is None else start)
    width = handed.as_width(size)
    return Explorer(rule, before, surface, steps, start, sliders).resize(width)


class Explorer:
    """What explore() returns; a notebook shows it as live widget, as picture, or as one sentence.

    controls  {name: the widget that holds its value}: the rule's parameters, "steps",
              "landscape", "x" and "y" (the start)
    run       the Run on screen, and ghost, the one of the rule before (or None)
    error     what went wrong at the last change, or None
    panel     the widget
    """

    def __init__(self, rule, before, surface, steps, start, sliders):
        self.rule, self.before, self.error = rule, before, None
        self._busy = False
        self._build_controls(surface, steps, start, sliders)
        self._first_values = {name: control.value for name, control in self.controls.items()}
        self._last_ghost = None, None  # its settings and its run
        self._remembered = None  # the settings of the forgetting curve, which η does not change
        self._first_walk()
        self._draw()
        self.stage = Stage(**self._scene())
        self.stage.on_drag, self.stage.readout, self.stage.arrow = (
            self._drag,
            self._readout,
            self._downhill,
        )
        self.panel = widgets.VBox([self.stage, *self._rows])
        for control in self.controls.values():
            control.observe(self._changed, "value")
        replace_older(self.panel)

    def _build_controls(self, surface, steps, start, sliders):
        size = {"batch": sliders.pop("batch", 8)} if surface.sample is not None else {}
        self.controls, views = knobs_of(self.rule, sliders)
        step_knob = Knob("steps", GRIDS["steps"], steps)
        names = {s.name: s for s in MENU} | {surface.name: surface}
        menu = widgets.Dropdown(
            options=names, value=surface, description="landscape", layout={"width": "300px"}
        )
        x, y = (_box(f"start {axis}", at) for axis, at in zip("xy", start, strict=True))
        reset = widgets.Button(
            description="Reset", tooltip="Put every control back to where it was"
        )
        reset.on_click(lambda _: self._set(self._first_values))
        for name, abbreviation in size.items():
            self.controls[name], view = knob(name, 8, abbreviation)
            views.append(view)
        self.controls |= {"steps": step_knob.box, "landscape": menu, "x": x, "y": y}
        wrap = {"flex_flow": "row wrap", "margin": "6px 0 0 0"}
        self._rows = [
            widgets.HBox([*views, step_knob.view], layout=wrap),
            widgets.HBox([menu, x, y, reset], layout=wrap),
        ]

    # ---- from the controls to the picture ----

    def update(self):
        """Run again with the controls as they are. What goes wrong is said in the panel."""
        with self.stage.lock:
            try:
                self._walk()
                self._show()
                self.error = None
            except Exception as error:
                self.error = error
                self.stage.warn(_sentence(error))

    def _first_walk(self):
        """With no picture to show a sentence in, an error is raised, and nothing left behind."""
        try:
            self._walk()
        except Exception as error:
            for row in self._rows:
                close(row)
            if isinstance(error, ValueError):
                raise PanelError(str(error)) from None
            raise

    def _walk(self):
        hyper = {name: self.controls[name].value for name in hyperparameters(self.rule)}
        where = {
            "start": (self.controls["x"].value, self.controls["y"].value),
            "steps": self.controls["steps"].value,
        }
        surface = self.controls["landscape"].value
        batch = self.controls["batch"].value if surface.sample is not None else None
        walked = run(self.rule, surface, **where, batch=batch, **hyper)
        ghost = None if self.before is None else self._run_before(surface, where, batch, hyper)
        rest = {name: value for name, value in hyper.items() if name != "eta"}
        if rest != self._remembered:
            self._forgetting = impulse(self.rule, FORGETTING_STEPS, weights=2, **rest)
            self._remembered = rest
        self.run, self.ghost, self._surface = walked, ghost, surface
        self.asked = asked_at(self.rule, walked, surface.grad)

    def _run_before(self, surface, where, batch, hyper):
        """The ghost; the one that there was if no change has to do with it."""
        about = (
            where | _shared(self.before, hyper) | {"batch": None if self.before is gd else batch}
        )
        if self._last_ghost[0] != (surface, about):
            self._last_ghost = (surface, about), run(self.before, surface, **about)
        return self._last_ghost[1]

    def _draw(self):
        """A new picture, for another landscape, number of steps, or set of memories."""
        runs = self.run, self.ghost, self._forgetting, self.asked
        self.picture = Picture(self.rule, self.before, self._surface, *runs)
        self._drawn = self._kind()

    def _kind(self):
        """What one picture is drawn for: any other needs a new one."""
        return (
            self._surface,
            len(self.run.loss),
            tuple(slots_of(self.run)),
            tuple(slots_of(self._forgetting)),
            self.asked is not None,
        )

    def _show(self):
        if self._drawn != self._kind():
            self._draw()
            self.stage.restage(**self._scene())
        elif self.picture.show(self.run, self.ghost, self._forgetting, self.asked):
            self.stage.restage(**self._scene())
        else:
            self.stage.update(self.picture.sentence)

    def _scene(self):
        picture, ahead = self.picture, ["look-ahead"] if self.asked is not None else []
        return {
            "figure": picture.figure,
            "lines": picture.lines,
            "texts": picture.texts,
            "track": "path",
            "handle": "start",
            "by_step": [
                "path",
                *ahead,
                "loss",
                *(f"{slot} {axis}" for slot in slots_of(self.run) for axis in "xy"),
            ],
            "tail": "look-ahead" if ahead else "path",
            "caption": picture.sentence,
        }

    # ---- from the hand to the controls ----

    def _changed(self, change):
        if self._busy:
            return
        if change.owner is self.controls["landscape"]:
            if "batch" in self.controls:
                self.controls["batch"].disabled = change.new.sample is None
            x, y = change.new.start
            self._set({"x": x, "y": y})
        else:
            self.update()

    def _drag(self, x, y):
        self._set({"x": float(f"{x:.4g}"), "y": float(f"{y:.4g}")})

    def _set(self, values):
        """Set several controls, and run once."""
        with self.stage.lock:
            self._busy = True
            try:
                for name, value in values.items():
                    self.controls[name].value = value
            finally:
                self._busy = False
            self.update()

    # ---- what is read of one step ----

    def _readout(self):
        theta, gradient = self.run.theta, self._gradient()
        with np.errstate(all="ignore"):
            rate = -np.diff(theta, axis=0, append=np.nan) / gradient
        memories = [(f"{slot} =", history) for slot, history in slots_of(self.run).items()]
        ahead = [] if self.asked is None else [("look-ahead =", self.asked)]
        return [
            ("θ =", theta),
            ("loss", self.run.loss[:, None]),
            *ahead,
            ("∇f there =" if ahead else "∇f =", gradient),
            *memories,
            ("effective η =", rate),
        ]

    def _looked(self):
        """Where the rule takes its gradient: at θ, unless it looks ahead."""
        return self.run.theta if self.asked is None else self.asked

    def _gradient(self):
        with np.errstate(all="ignore"):
            return self._surface.grad(self._looked().T).T

    def _downhill(self):
        """The tips of the arrows −∇f: in its direction, and longer the steeper, but never long."""
        gradient = self._gradient()
        (left, right), (low, high) = self._surface.window
        size = np.hypot(*gradient.T)[:, None]  # a norm of 1e200 would overflow
        length = 0.05 + 0.02 * np.log10(1 + size)
        return self._looked() - gradient / np.maximum(size, 1e-300) * length * max(
            right - left, high - low
        )

    def resize(self, width):
        """Let the panel be so wide, in the words of CSS; "" is as wide as its place."""
        if width:
            wide, high = self.stage.scene["size"]
            self.panel.layout.width = width.format(aspect=wide / high)
            self.panel.add_class("optim-sized")
        return self

    # ---- three readers ----

    def _repr_mimebundle_(self, **_):
        with self.stage.lock:
            picture = base64.b64encode(png(self.picture.figure)).decode()
            said = {"text/plain": self.picture.sentence, "image/png": picture}
        return said | self.panel._repr_mimebundle_() | {"text/plain": self.picture.sentence}

    def close(self):
        """Take the panel off the kernel's hands."""
        close(self.panel)


def _box(label, value):
    return widgets.BoundedFloatText(
        value=value,
        min=-1e4,
        max=1e4,
        description=label,
        style={"description_width": "56px"},
        layout={"width": "150px"},
    )


def _shared(before, hyper):
    """The ghost's hyperparameters: the sliders' where it has them, else its own defaults."""
    own = hyperparameters(before)
    missing = {name for name, value in own.items() if value is inspect.Parameter.empty}
    return {name: DEFAULTS.get(name, 1.0) for name in missing} | {
        n: hyper[n] for n in own if n in hyper
    }


def _sentence(error):
    return (
        str(error)
        if isinstance(error, (OneSentence, ValueError))
        else f"{type(error).__name__}: {error}"
    )
