"""A rule that is broken, and a room that is dark."""

BROKEN = (
    "from optim_lib.panels.explore import explore",
    """def broken(theta, grad, memory, *, eta, trouble=0):
    if trouble == 1:
        raise ZeroDivisionError("by zero")
    if trouble == 2:
        return None
    while trouble == 3:
        pass
    return theta - eta * grad(theta), memory""",
    "explorer = explore(broken, trouble=(0, 3))\nexplorer",
)
SAID = {1: "by zero", 2: "end it with `return theta, memory`", 3: "a loop that never ends"}


def test_a_broken_rule_is_one_sentence_and_the_next_good_value_recovers(lab, visit, photograph):
    notebook = visit(lab.write(*BROKEN)).run_all()
    alert, path = notebook.stage.get_by_role("alert"), notebook.path("path")
    for trouble, said in SAID.items():
        notebook.type("trouble", trouble)
        assert said in alert.inner_text() and "\n" not in alert.inner_text()
        assert notebook.path("path") == path
        assert notebook.ask("str(explorer.error)") in alert.inner_text()
        photograph(notebook, "alert")
        notebook.type("trouble", 0)
        assert alert.is_hidden()
        assert notebook.ask("explorer.error") is None
    notebook.type("learning rate", 0.0005)
    assert notebook.path("path") != path
    assert notebook.failures() == []


CONTRAST = """node => {
    const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
    const clear = (color) => numbers(color)[3] === 0;
    let behind = node;
    while (clear(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    const light = (color) => {
        const [r, g, b] = numbers(color).map((c) => c / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const [a, b] = [getComputedStyle(node).color, getComputedStyle(behind).backgroundColor];
    return Math.max(light(a) / light(b), light(b) / light(a));
}"""


def test_dark_theme(student, wear, photograph):
    wear("JupyterLab Dark")
    assert student.page.locator("body[data-jp-theme-light='false']").count() == 1
    student.stage.locator(".optim-bar input").fill("12")
    texts = ".optim-readout, .optim-bar button, .jp-OutputArea .widget-label, .widget-text input"
    nodes = student.page.locator(texts).all()
    assert len(nodes) > 5
    assert min(node.evaluate(CONTRAST) for node in nodes) >= 4.5
    photograph(student, "dark")
