"""What axe-core finds in a page."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")


def minded(page, where=None, impacts=GRAVE):
    """What it minds so much, in one line each: in the page, or in the selectors of `where`."""
    page.evaluate(AXE)
    found = page.evaluate(
        """where => axe.run(where ? {include: where} : document, {resultTypes: ["violations"]})""",
        where,
    )
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in found["violations"]
        if rule["impact"] in impacts
        for node in rule["nodes"]
    ]
