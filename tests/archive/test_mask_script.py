"""Drawing masks in the browser: mouse and keyboard write the same field that is typed in without the script."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

SCRIPT = Path(settings.BASE_DIR, "static", "js", "mask.js")
PAGE = """
<form><input type="radio" name="verdict" value="hand_out" checked><input type="radio" name="verdict" value="mask">
<input type="radio" name="verdict" value="withhold"><textarea id="field" name="rectangles"></textarea></form>
<div id="mask-tools" hidden><button type="button" data-mask="draw" aria-pressed="true">Rita</button>
<button type="button" data-mask="add">Ny</button><button type="button" data-mask="remove">Bort</button>
<span id="mask-count" data-one="1 mask" data-many="%s masker"></span></div>
<div><svg id="mask-canvas" viewBox="0 0 400 300" width="400" height="300" data-field="field" data-name="Mask"></svg>
</div>
"""


@pytest.fixture(scope="module")
def page():
    """A page with a picture of 400 x 300 points, as large on the screen, and the script."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=os.environ.get("CHROMIUM_PATH"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(PAGE)
        page.add_script_tag(path=SCRIPT)
        yield page
        browser.close()


def masks(page: Page) -> str:
    return page.input_value("#field")


def test_a_mask_is_drawn_moved_sized_and_removed(page):
    box = page.locator("#mask-canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 80)
    page.mouse.up()
    assert masks(page) == "20 30 100 50"
    assert page.locator("[name=verdict]:checked").get_attribute("value") == "mask"

    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    assert masks(page) == "28 29 100 58"

    page.click("[data-mask=add]")
    assert page.text_content("#mask-count") == "2 masker"
    for _times in range(60):
        page.keyboard.press("ArrowLeft")
    assert masks(page).splitlines()[1].startswith("0 ")

    page.keyboard.press("Delete")
    page.keyboard.press("Delete")
    assert masks(page) == ""
    assert page.locator("[name=verdict]:checked").count() == 0


def test_what_is_typed_is_drawn(page):
    page.fill("#field", "10 10 50 20\nnonsens\n30 40 60 70")
    page.locator("#field").dispatch_event("change")

    assert page.locator("#mask-canvas rect").count() == 2
    assert page.locator("#mask-canvas rect").first.get_attribute("aria-label") == "Mask 1: 10, 10, 50 × 20"
