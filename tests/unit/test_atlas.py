"""The maps of several rules on one page."""

import base64

from optim_lib import rules
from optim_lib.atlas import atlas
from optim_lib.maps import sweep
from optim_lib.words import about


def test_one_small_map_a_rule_and_a_sentence():
    etas = {"steps": 300, "target": 1.0, "eta": (1e-4, 10, 8)}
    maps = [sweep(rules.momentum, beta1=(0, 0.9, 3), **etas), sweep(rules.gd, **etas)]
    page = atlas(*maps, sweep(rules.adam, steps=1, eta=[0.1, 0.2]))
    best = f"≈ {about(maps[0].swept.typical.min())} steps"
    said = f"momentum {best}, GD seldom reached, Adam not reached."
    assert repr(page) == f"Steps until f < 1, at best (median of five neighbours): {said}"
    bundle = page._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    titles = [axes.get_title(loc="left") for axes in page.figure().axes]
    assert titles[:3] == [f"momentum: {best}", "GD: seldom reached", "Adam: not reached"]
