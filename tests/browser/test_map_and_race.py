"""A map of settings, and the race, as a student uses them in JupyterLab."""

from harness import until

SWEEP = (
    "from optim_lib.panels.sweep import sweep\nfrom optim_lib.rules import momentum",
    "sweep(momentum, steps=200, by='loss', eta=(1e-4, 1e-2, 16), beta1=(0, 0.99, 16))",
)
RACE = (
    "from optim_lib.panels.race import race\nfrom optim_lib.rules import adam, gd, momentum",
    "race(gd, momentum, adam, eta=0.001)",
)


def shown_values(notebook):
    boxes = notebook.page.locator(".jp-OutputArea-output input[type=number]").all()
    return [box.input_value() for box in boxes]


def test_a_click_on_a_cell_draws_its_path(lab, visit, photograph):
    notebook = visit(lab.write(*SWEEP)).run_all()
    notebook.stage.scroll_into_view_if_needed()
    path, values = notebook.path("path"), shown_values(notebook)
    picture = notebook.stage.locator(".optim-picture")
    box = picture.bounding_box()
    with notebook.change():
        picture.click(position={"x": 0.2 * box["width"], "y": 0.6 * box["height"]})
    assert notebook.path("path") != path
    assert shown_values(notebook) != values
    path, values = notebook.path("path"), shown_values(notebook)
    with notebook.change():
        notebook.page.keyboard.press("ArrowUp")
    assert notebook.path("path") != path
    assert shown_values(notebook) != values
    assert notebook.failures() == []
    photograph(notebook, "map")


def test_the_race_moves_all_and_drops_one(lab, visit, photograph):
    notebook = visit(lab.write(*RACE)).run_all()
    notebook.stage.scroll_into_view_if_needed()
    lines = notebook.page.locator("path[data-line]").all()
    before = [line.get_attribute("d") for line in lines]
    notebook.type("learning rate", 0.0005)
    assert sum(line.get_attribute("d") != d for line, d in zip(lines, before, strict=True)) >= 6
    with notebook.change():
        notebook.page.get_by_role("checkbox").first.click()
    notebook.stage.get_by_role("button", name="Play").click()
    until(lambda: "step" in notebook.stage.locator(".optim-readout").inner_text(), "it plays")
    assert notebook.failures() == []
    photograph(notebook, "race")
