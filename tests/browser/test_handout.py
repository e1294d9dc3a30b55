"""A handout, opened from its file by somebody who has no network."""

from pathlib import Path

from optim_lib.publish.handouts import handout
from optim_lib.publish.toc import course

NOTEBOOKS = Path(__file__).parents[2] / "notebooks/en"


def test_a_handout_is_whole_without_a_network(context, tmp_path):
    notebooks = course(NOTEBOOKS)
    for stem in ("03-momentum", "04-nesterov"):
        page = handout(NOTEBOOKS / f"{stem}.ipynb", notebooks)
        (tmp_path / f"{stem}.html").write_text(page, encoding="utf-8")
    offline = context.browser.new_context(offline=True)  # the other has a JupyterLab open
    page, failed = offline.new_page(), []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((tmp_path / "03-momentum.html").as_uri())
    assert page.locator("math").count() > 50
    widths = page.eval_on_selector_all("img", "images => images.map((i) => i.naturalWidth)")
    assert len(widths) >= 4 and min(widths) > 500
    page.locator("nav a[rel=next]").first.click()
    page.locator("h1", has_text="Nesterov").wait_for()
    offline.close()
    assert failed == []
