"""The race: several rules from one start in one panel, under the same sliders."""

import inspect
from numbers import Real
from types import FunctionType

import ipywidgets as widgets

from optim_lib.landscapes import surfaces
from optim_lib.panels import arguments
from optim_lib.panels.grids import GRIDS, decades
from optim_lib.panels.panel import Panel, reset_button, row, start_boxes
from optim_lib.panels.sliders import DEFAULTS, Knob, knob
from optim_lib.pictures.race import RacePicture
from optim_lib.runs.errors import RuleError
from optim_lib.runs.inspect import hyperparameters, title_of
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError

UNMOVED = {"eps"}  # has no slider in a race: there are enough
FACTOR, FACTORS = "every η, times", decades(-2, 2)


def race(*rules, on=surfaces.rosenbrock, steps=300, start=None, own=None, **sliders):
    """A live panel in which rules, a student's too, walk from one start in step.

    own      {rule: {name: number}}: settings of its own, which no slider moves. If each rule has
             its own η, one slider multiplies them all: who bears that?
    Of rules with the same name the second is called "mine 2". A rule that breaks is named in one
    sentence, and the others go on.

    sliders  one for each other parameter but ε, shared by all rules that have it; by ipywidgets'
             abbreviations, as in explore

    Raises a RuleError or ArgumentError, in one sentence, when there is nothing that could be shown.
    """
    runners = []
    for rule in rules:
        runners.append(_under_its_own_name(arguments.as_rule(rule), runners))
    if not runners or len(set(rules)) < len(rules):
        raise ArgumentError("race takes one rule or more, and each of them once.")
    own = _checked(own or {}, rules)
    own = {mine: own.get(rule, {}) for rule, mine in zip(rules, runners, strict=True)}
    surface, steps = arguments.as_surface(on), arguments.as_steps(steps)
    start = arguments.as_start(surface.start if start is None else start)
    return Race(runners, surface, steps, start, own, sliders)


class Race(Panel):
    """What race() returns; `runs` is what is on screen, [(rule, Run)], of the rules switched on."""

    def __init__(self, rules, surface, steps, start, own, sliders):
        self.rules, self.surface, self.own = rules, surface, own
        self._walked, self.broken = {}, []
        self._names = {rule: [*hyperparameters(rule)] for rule in rules}
        knobs, views = self._shared(sliders)
        step = Knob("steps", GRIDS["steps"], steps)
        on_off = {rule: _check_box(rule) for rule in rules}
        self._on = {rule: box for rule, box in on_off.items()}
        x, y = start_boxes(start)
        controls = knobs | {"steps": step.box, "x": x, "y": y}
        controls |= {title_of(rule): box for rule, box in on_off.items()}
        rows = [row(*on_off.values()), row(*views, step.view), row(x, y, reset_button(self))]
        super().__init__(controls, rows)
        self.stage.on_drag = self.drag
        self.stage.readout = lambda: [
            (f"{title_of(rule)}", run.loss[:, None]) for rule, run in self.runs
        ]
        self.stage.arrow = lambda: self.runs[0][1].theta
        self._name_the_broken()

    def update(self):
        super().update()
        self._name_the_broken()

    def _name_the_broken(self):
        if self.broken and self.error is None:
            self.error = self.broken[0]
            self.stage.warn(" ".join(map(str, self.broken)))

    def _shared(self, sliders):
        """({name: its control}, [what to show]), each name once."""
        wanted = {}
        for rule in self.rules:
            for name, default in hyperparameters(rule).items():
                if name not in self.own.get(rule, {}) and name not in UNMOVED:
                    wanted.setdefault(
                        name,
                        DEFAULTS.get(name, 1.0) if default is inspect.Parameter.empty else default,
                    )
        if unknown := ", ".join(sorted(sliders.keys() - wanted.keys())):
            raise ArgumentError(f"{unknown}: no slider of this race; give a rule its own by own=.")
        made = {name: knob(name, at, sliders.get(name, at)) for name, at in wanted.items()}
        if "eta" not in made and any("eta" in own for own in self.own.values()):
            factor = Knob(FACTOR, FACTORS, 1.0)
            made[FACTOR] = factor.box, factor.view
        return {name: box for name, (box, _) in made.items()}, [view for _, view in made.values()]

    def _hyper(self, rule):
        own = self.own.get(rule, {})
        shared = {n: self.controls[n].value for n in self._names[rule] if n in self.controls}
        hyper = shared | own
        if FACTOR in self.controls and "eta" in hyper:
            hyper["eta"] *= self.controls[FACTOR].value
        return hyper

    def _walk(self):
        running = [rule for rule in self.rules if self._on[rule].value]
        if not running:
            raise ArgumentError("Switch on one rule at least.")
        where = {"start": (self.controls["x"].value, self.controls["y"].value)}
        where["steps"] = self.controls["steps"].value
        runs, self.broken = [], []
        for rule in running:
            try:
                runs.append((rule, self._run(rule, where)))
            except RuleError as error:
                self.broken.append(error)
        if not runs:
            raise self.broken[0]
        self.runs = runs

    def _run(self, rule, where):
        """Its run; the one that it had if nothing of it was changed."""
        asked = where | self._hyper(rule)
        if self._walked.get(rule, (None,))[0] != asked:
            self._walked[rule] = asked, run(rule, self.surface, **asked)
        return self._walked[rule][1]

    def _kind(self):
        return [rule for rule, _ in self.runs]

    def _draw(self):
        self.picture = RacePicture(self.surface, self.runs)

    def _move(self):
        self.picture.show(self.runs)

    def _scene(self):
        picture = self.picture
        by_step = [name for name in picture.lines if name != "start"]
        about = {"track": by_step[0], "handle": "start", "by_step": by_step}
        about["axes"] = [picture.axes["loss"].xaxis]
        shown = {"figure": picture.figure, "lines": picture.lines, "texts": picture.texts}
        return shown | about | {"caption": picture.sentence}


def _checked(own, rules):
    """{rule: {name: number}}, if it is that, and of rules of this race."""
    if not isinstance(own, dict) or not own.keys() <= set(rules):
        raise ArgumentError("own= takes {rule: {name: number}}, with rules of this race.")
    for rule, settings in own.items():
        numbers = isinstance(settings, dict) and all(isinstance(v, Real) for v in settings.values())
        if not numbers or not settings.keys() <= hyperparameters(rule).keys():
            names = ", ".join(hyperparameters(rule)) or "none"
            raise ArgumentError(
                f"own= of {title_of(rule)}, {settings!r}: it takes {{name: number}}, "
                f"and the names of that rule are {names}."
            )
    return own


def _under_its_own_name(rule, others):
    """The rule; a copy of it with a number behind its name, if another has that name already."""
    taken = {title_of(other) for other in others}
    name, number = title_of(rule), 2
    if name not in taken:
        return rule
    if not isinstance(rule, FunctionType):
        raise ArgumentError(f"Two rules of this race are called {name}: give one another name.")
    while f"{name} {number}" in taken:
        number += 1
    parts = rule.__code__, rule.__globals__, f"{name} {number}", rule.__defaults__
    twin = FunctionType(*parts, rule.__closure__)
    twin.__kwdefaults__ = rule.__kwdefaults__
    return twin


def _check_box(rule):
    box = widgets.Checkbox(value=True, description=title_of(rule), indent=False)
    box.layout.width = "max-content"
    box.layout.margin = "0 18px 0 0"
    return box
