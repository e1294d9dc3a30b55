"""Notebook 7, which has the server of JupyterLab and a page of its own."""

from harness import FAILED, Notebook, until
from refresh import NOTEBOOKS
from test_course import unrun


class Notebook7(Notebook):
    def open(self):
        self.page.goto(f"{self.lab.url}/notebooks/{self.name}?token={self.lab.token}")
        self.wait_until_idle()

    def wait_until_idle(self):
        until(self._kernel_is_idle, "the kernel is up and idle")
        self.page.locator(".jp-NotebookKernelStatus:not(.jp-NotebookKernelStatus-info)").wait_for(
            state="attached"
        )


def test_a_notebook_runs_and_a_slider_moves_by_mouse_and_by_key(lab, context):
    name = unrun(NOTEBOOKS / "en/03-momentum.ipynb", lab.folder)
    notebook = Notebook7(context.new_page(), lab, name).run_all()
    panel = notebook.page.locator(".jp-OutputArea-output:has(.optim-stage)").first
    handle = panel.locator(".noUi-handle").first
    panel.scroll_into_view_if_needed()
    drawn_after(panel, lambda: notebook.drag(handle, -20))
    for _ in range(2):  # it hears a key before the slider does, and would go to the next heading
        drawn_after(panel, lambda: handle.press("ArrowRight"))
    assert notebook.page.locator(f"{FAILED}, .optim-alert:not([hidden])").count() == 0
    notebook.page.close()
    lab.shut_down(name)


def drawn_after(panel, action):
    frame = panel.locator(".optim-stage").get_attribute
    before = frame("data-frame")
    action()
    until(lambda: frame("data-frame") != before, "a new frame is drawn")
