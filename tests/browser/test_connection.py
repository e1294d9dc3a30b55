"""At the far end of a poor line: 100 ms there and back, 1 Mbit/s, and now and then none."""

import re
from urllib.parse import urlsplit

import pytest
from conftest import MOMENTUM
from harness import Lab, Notebook, centre, until
from poor_line import NO_LIMIT, line_to

from optim_lib.panels.grids import GRIDS

DELAY, RATE = 0.050, 1e6 / 8  # seconds each way, bytes a second
MESSAGE = re.compile(rb'"msg_id": ?"([^"]+)"')


class Flight:
    """The changes of one kind that a page has sent and that the kernel has not yet answered."""

    def __init__(self, page, mark):
        self.mark = mark
        self.forget()
        page.on("websocket", self._watch)

    def forget(self):
        self.sent, self.under_way, self.most = 0, set(), 0

    def _watch(self, socket):
        if "/channels" in socket.url:
            socket.on("framesent", self._departs)
            socket.on("framereceived", self._lands)

    def _departs(self, frame):
        if self.mark in frame and b'"comm_msg"' in frame:
            self.under_way.add(MESSAGE.search(frame)[1])
            self.sent += 1
            self.most = max(self.most, len(self.under_way))

    def _lands(self, frame):
        if b'"idle"' in frame:
            self.under_way = {message for message in self.under_way if message not in frame}


def acknowledge(dialog):
    """Lab says so when the line broke under a question of its own to the server."""
    dialog.get_by_role("button", name="Close").click()


@pytest.fixture(scope="module")
def end(lab, context):
    """(the line, the notebook at its end, the Flights of a slider and of the start)"""
    with line_to(urlsplit(lab.url).port) as line:
        page = context.new_page()
        flights = Flight(page, b'"index"'), Flight(page, b'"drag"')
        there = Lab(lab.home, line.port, lab.token)
        notebook = Notebook(page, there, lab.write(*MOMENTUM)).run_all()
        page.add_locator_handler(page.get_by_role("dialog"), acknowledge)
        notebook.stage.scroll_into_view_if_needed()
        yield line, notebook, *flights
        page.close()
        lab.shut_down(notebook.name)


@pytest.fixture
def far(end):
    """The same, the line as poor as it is to be, and all Flights landed."""
    line, notebook, *flights = end
    line.delay, line.rate = 0, NO_LIMIT
    with notebook.change():
        notebook.page.get_by_role("button", name="Reset").click()
    line.delay, line.rate = DELAY, RATE
    for flight in flights:
        flight.forget()
    return end


def value_at(handle):
    """The β₁ at which its slider stands on screen, as the sentence writes it."""
    return f"β₁ = {GRIDS['beta1'][int(float(handle.get_attribute('aria-valuenow')))]:g}:"


def assert_arrives(notebook, value):
    """In the end the picture is that of the value, and the kernel has no other."""
    until(lambda: value in notebook.sentence(), f"{value} is on screen")
    assert notebook.sentence() == notebook.ask("explorer.picture.sentence")


def place_of(grip):
    """Where the start stands on screen."""
    return [float(grip.get_attribute(name)) for name in ("cx", "cy")]


def assert_begins_at(notebook, place):
    until(lambda: notebook.path("path")[0] == pytest.approx(place, abs=0.5), "it is drawn")


def assert_no_backlog(flight, most):
    assert 2 <= flight.sent < 40
    assert flight.most <= most


def test_a_drag_builds_no_backlog(far):
    _, notebook, of_slider, of_start = far
    handle = notebook.handle("memory of direction")
    notebook.drag(handle, -200, moves=80)
    assert_arrives(notebook, value_at(handle))
    assert_no_backlog(of_slider, 1)
    grip = notebook.stage.locator(".optim-grip")
    notebook.drag(grip, 150, 60, moves=80)
    assert_begins_at(notebook, place_of(grip))
    assert_no_backlog(of_start, 2)
    assert notebook.failures() == []


def test_a_line_that_breaks_in_a_drag(far):
    """What was under way is lost, and so no answer will ever come. The panel lives on."""
    line, notebook, flight, _ = far
    handle = notebook.handle("memory of direction")
    x, y = centre(handle)
    notebook.page.mouse.move(x, y)
    notebook.page.mouse.down()
    line.delay = 60  # seconds: the next change is still on its way when the line breaks
    notebook.page.mouse.move(x - 40, y, steps=20)
    until(lambda: flight.under_way, "a change is under way")
    line.delay = DELAY
    line.cut()
    notebook.page.mouse.move(x - 80, y, steps=20)
    notebook.page.mouse.up()
    dropped = value_at(handle)
    assert_arrives(notebook, dropped)
    until(lambda: value_at(handle) == dropped, "the slider stands where it was dropped")
    notebook.settle()
    handle.press("ArrowRight")
    until(lambda: value_at(handle) != dropped, "the key has moved it")
    assert_arrives(notebook, value_at(handle))
    assert flight.sent >= 3
    assert notebook.stage.get_by_role("alert").is_hidden()


def test_a_line_that_breaks_while_the_start_is_dragged(far):
    line, notebook, _, flight = far
    grip = notebook.stage.locator(".optim-grip")
    x, y = centre(grip)
    notebook.page.mouse.move(x, y)
    notebook.page.mouse.down()
    line.delay = 60
    for dx in (20, 40):
        notebook.page.mouse.move(x + dx, y)
        notebook.page.wait_for_timeout(1200)  # longer than answers take
    assert flight.sent == len(flight.under_way) == 1
    line.delay = DELAY
    line.cut()
    notebook.page.mouse.move(x + 80, y + 40)
    notebook.page.mouse.up()
    assert_begins_at(notebook, place_of(grip))


def test_what_is_dragged_goes_on_after_an_answer_without_a_picture(far):
    _, notebook, _, flight = far
    grip = notebook.stage.locator(".optim-grip")
    notebook.ask("setattr(explorer.stage, 'on_drag', None)")
    notebook.drag(grip, 50, 20, moves=5)
    until(lambda: notebook.settle() or not flight.under_way, "all is answered")
    assert flight.sent >= 2
    notebook.ask("setattr(explorer.stage, 'on_drag', explorer.drag)")
    grip.press("ArrowLeft")
    assert_begins_at(notebook, place_of(grip))
