"""What happens to a panel when its cell, its kernel or its page starts again."""

from harness import BLANK, CLOSE, centre, until

PANELS = "len(__import__('ipywidgets').widgets.widget._instances)"
BEFORE = "part => getComputedStyle(part, '::before')"

HELD = 2000  # ms after a panel is looked for: then jupyterlab_widgets 3.0.17 looks no more

# Open a notebook whose saved panels are there only so late, as when its kernel is slow to start.
OPEN_LATE = """async ([path, held]) => {
    const notebook = await jupyterapp.commands.execute('docmanager:open', { path });
    await notebook.context.ready;
    const moment = (ms) => new Promise((done) => setTimeout(done, ms));
    const output = () => notebook.content.widgets.at(-1)?.outputArea.widgets[0];
    const shown = () => [...(output()?.children() ?? [])].find((part) => part._manager);
    let panel;
    while (!(panel = shown())) await moment(5);
    const manager = await panel._manager.promise;
    const [start, ask] = [performance.now(), manager._get_comm_info];
    let asked = 0; // first for what lives in the kernel, then for what was saved
    manager._get_comm_info = async () => {
        const answer = await ask.call(manager);
        if (++asked === 2) await moment(start + held - performance.now());
        return answer;
    };
}"""


def assert_live(notebook, eta):
    """There is one panel, and one change is drawn once."""
    notebook.stage.wait_for()
    assert notebook.stage.count() == 1
    notebook.settle()
    before = notebook.frame()
    notebook.type("learning rate", eta)
    assert notebook.frame() == before + 1
    assert f"η = {eta}," in notebook.sentence()
    assert notebook.failures() == []


def test_run_all(panel):
    saved = panel.save()
    outputs = saved.cells[-1].outputs
    assert [sorted(output.data) for output in outputs] == [
        ["application/vnd.jupyter.widget-view+json", "image/png", "text/plain"]
    ]
    assert outputs[0].data["text/plain"] == panel.sentence()
    assert_live(panel, 0.0012)


def test_run_the_cell_again(panel):
    widgets = panel.ask(PANELS)
    prompt = panel.page.locator(".jp-CodeCell .jp-InputPrompt").last
    for count in (4, 5, 6):
        prompt.click()
        panel.page.keyboard.press("Control+Enter")
        until(lambda count=count: prompt.inner_text() == f"[{count}]:", "the cell has run")
    assert panel.ask(PANELS) == widgets
    assert_live(panel, 0.0012)


def test_restart_the_kernel(panel):
    panel.menu("Kernel", "Restart Kernel and Run All Cells")
    panel.page.locator(".jp-Dialog .jp-mod-accept").click()
    panel.page.locator(".optim-stage").wait_for(state="detached")
    panel.wait_until_idle()
    assert_live(panel, 0.0012)


def test_reload_the_page(panel):
    panel.type("learning rate", 0.0007)
    panel.save()
    panel.page.reload()
    panel.wait_until_idle()
    panel.stage.wait_for()
    assert "η = 7e-4," in panel.sentence()
    assert_live(panel, 0.0012)


def test_open_it_again_without_its_kernel(student, visit, photograph):
    student.type("learning rate", 0.0007)
    path = student.path("path")
    student.save()
    student.close()
    student.page.goto(BLANK)  # as on another day
    again = visit(student.name)
    again.stage.wait_for()
    assert again.path("path") == path
    again.page.mouse.move(*centre(again.stage.locator("svg")))
    again.stage.locator(".optim-bar input").fill("12")
    assert again.stage.locator(".optim-readout").inner_text().startswith("step 12")
    assert "run the cell" in again.stage.evaluate(f"{BEFORE}.content")
    parts = again.page.locator(".jupyter-widgets-disconnected").all()
    assert {part.evaluate(f"{BEFORE}.display") for part in parts} == {"none"}
    assert again.page.get_by_text("Error displaying widget").count() == 0
    assert again.failures() == []
    photograph(again, "reopened")


def test_open_it_again_while_the_kernel_is_slow(student):
    """In the same JupyterLab, at the very moment at which one version of ipywidgets gives up."""
    student.save()
    student.page.evaluate(CLOSE)
    student.lab.shut_down(student.name)
    student.page.evaluate(OPEN_LATE, [student.name, HELD])
    student.wait_until_idle()
    student.stage.wait_for()
    student.run_all()
    assert_live(student, 0.0012)
