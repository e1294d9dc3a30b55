"""The race: several rules from one start in one panel, under the same sliders."""

from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from numbers import Real

import ipywidgets as widgets

from optim_lib.landscapes import surfaces
from optim_lib.panels import arguments
from optim_lib.panels.grids import FACTOR
from optim_lib.panels.panel import Last, Panel
from optim_lib.panels.sliders import Controls, movable, start_boxes
from optim_lib.pictures.race import Raced, RacePicture
from optim_lib.runs.errors import RuleError
from optim_lib.runs.inspect import hyperparameters, title_of
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError, say

UNMOVED = {"eps"}  # has no slider in a race: there are enough

ONCE = "race takes one rule or more, and each of them once."
ALL_OFF = "Switch on one rule at least."
UNKNOWN = "{names}: no slider of this race; give a rule its own by own=."
WHOSE = "{label}: {error}"
NO_OWN = "own= takes {rule: {name: number}}, with rules of this race."
NOT_ITS_OWN = (
    "own= of {rule}, {settings}: it takes {{name: number}}, and the names of that rule are {names}."
)


def race(*rules, on=surfaces.rosenbrock, steps=300, start=None, own=None, **sliders):
    """A live panel in which rules, a student's too, walk in step from one start.

    own      {rule: {name: number}}: settings of its own, which no slider moves. If each rule has
             its own η, one slider multiplies them all: which rule can bear that?
    sliders  one for each other parameter but ε, shared by all rules that have it; by ipywidgets'
             abbreviations, as in explore

    Of rules with the same name the second is called "mine 2". A rule that breaks is named in one
    sentence, and the others go on.

    Raises a RuleError or ArgumentError, in one sentence, when there is nothing that could be shown.
    """
    rules = [arguments.as_rule(rule) for rule in rules]
    if not rules or len(set(map(id, rules))) < len(rules):
        raise ArgumentError(ONCE)
    surface, start, steps = arguments.as_place(on, start, steps)
    runners = _runners(rules, own or {}, sliders)
    controls, walk = _controls(runners, start, steps, sliders), partial(_walk, surface, runners)
    panel = Race(controls, walk, RacePicture, _readout, lambda shown: shown.entries[0][2].theta)
    panel.rules = rules
    return panel


class Race(Panel):
    """What race() returns; `runs` is what is on screen, [(rule, Run)], of those switched on."""

    runs = property(lambda self: [(rule, walked) for _, rule, walked in self.walked.entries])


@dataclass(eq=False)
class Runner:
    """A rule in the race: its label, its own settings, and the defaults of what sliders move."""

    label: str
    rule: object
    own: dict
    shared: dict
    run: Last = field(default_factory=lambda: Last(run))  # again only if something changed for it

    def walk(self, surface, where, values):
        hyper = {name: values[name] for name in self.shared} | self.own
        if FACTOR in values and "eta" in hyper:
            hyper["eta"] *= values[FACTOR]
        return self.run(self.rule, surface, **where, **hyper)


def _walk(surface, runners, values):
    """What is on screen with these values, and the errors of the rules that are broken."""
    entries, faults = [], []
    where = {"start": (values["x"], values["y"]), "steps": values["steps"]}
    for one in runners:
        try:
            if values[one.label]:
                entries.append((one.label, one.rule, one.walk(surface, where, values)))
        except RuleError as error:
            if one.label != title_of(one.rule):
                error = type(error)(WHOSE, label=one.label, error=error)
            faults.append(error)
    if not entries:
        raise faults[0] if faults else ArgumentError(ALL_OFF)
    return Raced(surface, entries), faults


def _readout(shown):
    return [(label, walked.loss[:, None]) for label, _, walked in shown.entries]


def _runners(rules, own, sliders):
    runners, taken = [], {"steps", "x", "y"}.union(*map(hyperparameters, rules))
    if not isinstance(own, dict) or not all(one in rules for one in own):
        raise ArgumentError(NO_OWN)
    for rule in rules:
        settings = _checked(next((own[one] for one in own if one == rule), {}), rule)
        names = sliders.keys() & hyperparameters(rule).keys()
        unmoved = settings.keys() | UNMOVED
        shared = {n: at for n, at in movable(rule, names).items() if n not in unmoved}
        runners.append(Runner(_label_of(rule, taken), rule, settings, shared))
        taken.add(runners[-1].label)
    return runners


def _checked(own, rule):
    has, numbers = hyperparameters(rule), movable(rule, ())
    is_own = isinstance(own, dict) and own.keys() <= has.keys()
    if is_own and all(isinstance(at, Real) or name not in numbers for name, at in own.items()):
        return own
    names = ", ".join(has) or say("none")
    raise ArgumentError(NOT_ITS_OWN, rule=title_of(rule), settings=repr(own), names=names)


def _label_of(rule, taken):
    """Its title; "mine 2" if another is called so."""
    title = title_of(rule)
    numbered = (say("{title} {number}", title=title, number=i) for i in count(2))
    return next(label for label in chain([title], numbered) if label not in taken)


def _controls(runners, start, steps, sliders):
    defaults = {}
    for runner in runners:
        defaults = {**defaults, **runner.shared, **defaults}  # in order, and of the first
    if unknown := ", ".join(sorted(sliders.keys() - defaults.keys())):
        raise ArgumentError(UNKNOWN, names=unknown)
    controls = Controls(defaults, sliders)
    if "eta" not in controls and any("eta" in runner.own for runner in runners):
        controls.add(FACTOR, 1.0, 1.0)
    controls.add("steps", steps, steps)
    boxes, look = start_boxes(start), {"width": "max-content", "margin": "0 18px 0 0"}
    on_off = {
        one.label: widgets.Checkbox(value=True, description=one.label, indent=False, layout=look)
        for one in runners
    }
    controls |= boxes | on_off
    return controls.in_rows(on_off.values(), controls.knobs, boxes.values())
