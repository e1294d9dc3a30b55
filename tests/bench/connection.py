"""A drag over a poor line, 100 ms there and back and 1 Mbit/s:  python tests/bench/connection.py

The lag is the time from the last event of a drag to the frame that shows its last value. Exit
status 1 if the median is missed.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from harness import FLAGS, Lab, Notebook, running_lab
from latency import LIVE, PROBE, WAYS, Way
from playwright.sync_api import sync_playwright
from poor_line import line_to

SETUP = "from optim_lib.panels.explore import explore\nfrom optim_lib.rules import gd, momentum"
DELAY, RATE = 0.050, 1e6 / 8  # seconds each way, bytes a second
DRAGS = 6
MOST = 400  # ms


def drags(home):
    """[(updates a second, lag in ms)] of each drag, and the bytes of an update"""
    with (
        running_lab(home) as lab,
        line_to(urlsplit(lab.url).port) as line,
        sync_playwright() as playwright,
    ):
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.add_init_script(PROBE)
        far = Lab(home, line.port, lab.token)
        Notebook(page, far, lab.write(SETUP, LIVE)).run_all()
        line.delay, line.rate = DELAY, RATE
        way = Way(page, 1, WAYS["live panel"][1])
        way.begin()
        yield from (way.drag()[:2] for _ in range(DRAGS))
        browser.close()


def main():
    with tempfile.TemporaryDirectory(prefix="optim-connection-") as home:
        rates, lags = zip(*drags(Path(home) / "lab"), strict=True)
    lag = statistics.median(lags)
    print(f"{DRAGS} drags: {statistics.median(rates):.1f} updates a second")
    print(f"{'pass' if lag <= MOST else 'MISS'}  lag, median {lag:.0f} ms, at most {MOST}")
    print(f"      longest {max(lags):.0f} ms")
    return lag > MOST


if __name__ == "__main__":
    sys.exit(main())
