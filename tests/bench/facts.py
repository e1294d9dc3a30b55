"""Asked in the kernel: what a browser knows of a panel, what may not pile up, what is shown."""

import ctypes
import gc
import threading
from contextlib import suppress

import ipywidgets as widgets
from IPython import get_ipython

from optim_lib.panels.explore import explore
from optim_lib.stage.widget import Stage

SAID, WARN = [], Stage.warn


def _kept(stage, sentence):
    SAID.append(sentence)
    WARN(stage, sentence)


Stage.warn = _kept  # the next good value would take it from sight


def layout(panel):
    """The ids of the widgets that a hand may move, and how many stops they have."""
    parts = list(_parts(panel.panel))
    return {
        "stage": panel.stage.model_id,
        "boxes": {name: control.model_id for name, control in panel.controls.items()},
        "stops": {p.model_id: len(p.options) for p in parts if isinstance(p, SLIDER)},
        "landscapes": len(panel.controls["landscape"].options),
        "reset": next(p.model_id for p in parts if isinstance(p, widgets.Button)),
    }


SLIDER = widgets.SelectionSlider


def _parts(view):
    yield view
    for child in getattr(view, "children", ()):
        yield from _parts(child)


def give_back():
    """Let the C library return what is free to the system, so that only what is in use counts."""
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


def counts():
    """(widgets, comms, threads)"""
    comms = get_ipython().kernel.comm_manager.comms
    return len(widgets.widgets.widget._instances), len(comms), threading.active_count()


def astray(panel):
    """What is not as it should be while nobody moves anything: an error, or a control unheeded.

    Errors are those of all panels, ever.
    """
    found = [*SAID]
    found += [n for n, value in panel.run.hyper.items() if value != panel.controls[n].value]
    sliders = [part for part in _parts(panel.panel) if isinstance(part, SLIDER)]
    for slider, name in zip(sliders, [*panel.run.hyper, "steps"], strict=True):
        value = panel.controls[name].value
        if abs(slider.value - value) > min(abs(stop - value) for _, stop in slider.options):
            found.append(f"the slider of {name}")
    return found


def unlike_new(panel):
    """In what a panel differs from a new one with its settings."""
    now = _settings(panel)
    panel.set({"steps": now["steps"] % 100 + 1})  # so that the axes begin anew
    panel.set(now)
    new = explore(
        panel.walked.rule, before=panel.walked.before, on=now.pop("landscape"), **_start(now)
    )
    old, fresh = _picture(panel), _picture(new)
    new.close()
    return [part for part in old if old[part] != fresh[part]]


def _start(now):
    return now | {"start": (now.pop("x"), now.pop("y"))}


def _settings(panel):
    return {name: control.value for name, control in panel.controls.items()}


def _picture(panel):
    lines = {name: line.get_xydata().tobytes() for name, line in panel.picture.lines.items()}
    sent = ("caption", "spans", "frame", "still", "words", "alert")
    shown = {name: getattr(panel.stage, name) for name in sent}
    return {"settings": _settings(panel), "lines": lines} | shown
