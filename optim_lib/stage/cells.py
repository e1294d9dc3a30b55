"""One cell, one panel: when a cell is run again, what it showed before is closed."""

import ipywidgets as widgets
from IPython import get_ipython

_SHOWN = {}  # cell -> (its last execution, the panels made in it)


def replace_older(panel):
    """Close the widgets that an earlier execution of this cell has left in the kernel."""
    parent = get_ipython().get_parent() if hasattr(get_ipython(), "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId")
    execution = parent.get("header", {}).get("msg_id")
    if cell is None:
        return
    last, panels = _SHOWN.get(cell, (execution, []))
    while panels and last != execution:
        close(panels.pop())
    _SHOWN[cell] = execution, [*panels, panel]


def close(widget):
    """Close a widget with all that it is made of: children, layouts and styles."""
    parts = [getattr(widget, name, None) for name in ("layout", "style")]
    for part in [*getattr(widget, "children", ()), *parts]:
        if isinstance(part, widgets.Widget):
            close(part)
    widget.close()
