"""Every page, as the one it is for: accessible, no wider than a phone, and quiet in the console, light and dark."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.walk.conftest import DESKTOP, PHONE, Site

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
# Who opens which pages; a pattern stands for the first link of that shape on the page before it.
PAGES = {
    None: ["/logga-in/login/", "/officiella-konton/", "/tillganglighet/", "/demo/brevlada/", r"/demo/brevlada/[^/?]+/"],
    "kommunikator": [
        "/",
        "/konton/",
        r"/konton/\d+/",
        r"/planer/\d+/",
        "/att-gora/",
        "/policy/",
        r"/policy/\d+/",
        "/policy/las-in/",
        "/arkiveringsomgangar/",
        "/meddelanden/",
        "/logga-in/2fa/",
    ],
    "registrator": ["/arkiv/", r"/arkiv/\d+/", "/ogonblicksbilder/", r"/ogonblicksbilder/\d+/"],
    "redaktor": ["/uppsikt/", "/uppsikt/logg/", "/konton/foresla/"],
    "revisor": ["/logg/", "/finns-inte/"],
}
VIEWS = [(DESKTOP, "light", "sv"), (PHONE, "dark", "sv"), (PHONE, "light", "en"), (DESKTOP, "dark", "en")]


@pytest.mark.parametrize(("size", "scheme", "language"), VIEWS)
@pytest.mark.parametrize("login", PAGES)
def test_every_page_can_be_used_by_everyone(site: Site, login: str | None, size, scheme: str, language: str):
    page = site.sign_in(login, size)
    page.emulate_media(color_scheme=scheme)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    wrong = {where: found for path in PAGES[login] if (where := visit(site, page, path)) and (found := look(page))}

    assert wrong == {}
    # The page that is not there answers 404, which the browser notes.
    assert [text for text in said if "404" not in text] == []


def visit(site: Site, page: Page, path: str) -> str:
    """Go to the page, or by the first link of its shape; answer where we are, or nothing where no link has it."""
    if "\\" in path or "[" in path:
        links = [link.get_attribute("href") or "" for link in page.locator("main a[href]").all()]
        path = next((link for link in links if re.fullmatch(path, link)), "")
    if path:
        page.goto(f"{site.url}{path}")
    return path


def look(page: Page) -> list[str]:
    """Answer what is wrong with the page as it stands: what axe finds, and sideways scrolling."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    problems = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return problems + ([f"{wider} px wider than the screen"] if wider > 0 else [])


def test_every_page_works_without_scripts(site: Site, browser: Browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="sv-SE")
    page = context.new_page()
    page.goto(f"{site.url}/logga-in/login/")
    page.locator("button[value='kommunikator@kommun.example']").click()

    for path in PAGES["kommunikator"]:
        if "\\" not in path:
            assert page.goto(f"{site.url}{path}").status == 200
    context.close()
