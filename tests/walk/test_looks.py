"""Every page, as the one it is for: accessible, no wider than a phone, and quiet in the console, light and dark."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.walk.conftest import DESKTOP, PHONE, Site

MISSING = "/finns-inte/"
AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
# Where the numbers in the pages' addresses are found: as whom, on which list, by the first link of which shape.
FOUND: dict[str, tuple[str | None, str, str]] = {
    "account": ("kommunikator", "/konton/?q=bibliotek", r"/konton/(\d+)/"),
    "whole": ("kommunikator", "/konton/?slag=municipality_wide", r"/konton/(\d+)/"),
    "closing": ("kommunikator", "/konton/?lage=closing", r"/konton/(\d+)/"),
    "closed": ("kommunikator", "/konton/?lage=closed", r"/konton/(\d+)/"),
    "lost": ("kommunikator", "/konton/?lage=lost", r"/konton/(\d+)/"),
    "paused": ("kommunikator", "/konton/?lage=paused", r"/konton/(\d+)/"),
    "inherited": ("kommunikator", "/konton/?plan=arvt", r"/konton/(\d+)/"),
    "draft": ("kommunikator", "/planer/?lage=draft", r"/planer/(\d+)/"),
    "plan": ("kommunikator", "/planer/?lage=approved&q=bibliotek", r"/planer/(\d+)/"),
    "amended": ("kommunikator", "/planer/?lage=signing&q=bibliotek", r"/planer/(\d+)/"),
    "change": ("kommunikator", "/andringar/", r"/andringar/(\d+)/"),
    "report": ("kommunikator", "/anmalningar/", r"/anmalningar/(\d+)/"),
    "policy": ("kommunikator", "/policy/", r"/policy/(\d+)/"),
    "unit": ("kommunikator", "/enheter/", r"/enheter/(\d+)/"),
    "person": ("kommunikator", "/personer/?q=Amina", r"/personer/(\d+)/"),
    "record": ("registrator", "/arkiv/", r"/arkiv/(\d+)/"),
    "snapshot": ("registrator", "/ogonblicksbilder/", r"/ogonblicksbilder/(\d+)/"),
    "old": ("registrator", "/arkiv/?slag=snapshot&q=bibliotek&ordning=tid", r"/arkiv/(\d+)/"),
    "new": ("registrator", "/arkiv/?slag=snapshot&q=bibliotek&ordning=-tid", r"/arkiv/(\d+)/"),
    "marked": ("registrator", "/arkiv/?slag=item", r"/arkiv/(\d+)/"),
    "request": ("registrator", "/utlamnanden/", r"/utlamnanden/(\d+)/"),
    "chosen": ("registrator", "/utlamnanden/1/", r"/utlamnanden/1/valda/(\d+)/"),
    "handover": ("registrator", "/diariet/", r"/diariet/(\d+)/"),
    "retention": ("registrator", "/dokumenthanteringsplan/", r"/dokumenthanteringsplan/(\d+)/"),
    "decision": ("registrator", "/gallringsbeslut/", r"/gallringsbeslut/(\d+)/"),
    "hold": ("registrator", "/gallring/stopp/", r"/gallring/stopp/(\d+)/"),
    "mail": (None, "/demo/brevlada/", r"/demo/brevlada/([^/?]+)/"),
    "public": (None, "/officiella-konton/?q=bibliotek", r"/officiella-konton/(\d+-[a-z0-9-]*bibliotek)/"),
    "public_lost": (None, "/officiella-konton/?lage=lost", r"/officiella-konton/(\d+-[a-z0-9-]+)/"),
    "public_closed": (None, "/officiella-konton/avslutade/", r"/officiella-konton/(\d+-[a-z0-9-]+)/"),
}
# Who opens which pages. What everybody meets is looked at in three views, the rest in two that differ in all.
PAGES: dict[str | None, list[str]] = {
    None: [
        "/logga-in/login/",
        "/officiella-konton/",
        "/officiella-konton/{public}/",
        "/officiella-konton/{public_lost}/",
        "/officiella-konton/{public_closed}/",
        "/officiella-konton/avslutade/",
        "/officiella-konton/anmal/",
        "/officiella-konton/kvitto/",
        "/ar-kontot-akta/",
        "/ar-kontot-akta/?q=https://www.facebook.com/inte-vart-konto",
        "/oppna-data/",
        "/tillganglighet/",
        "/tillganglighet/synpunkt/",
        "/kontrollera-plan/",
        "/arkiverad-fil/",
        "/demo/brevlada/",
        "/demo/brevlada/{mail}/",
    ],
    "kommunikator": [
        "/",
        "/konton/",
        "/konton/{account}/",
        "/planer/",
        "/planer/{plan}/",
        "/planer/{draft}/redigera/",
        "/konton/{closing}/avsluta/",
        "/att-gora/",
        "/policy/{policy}/",
        "/arkiveringsomgangar/",
        "/meddelanden/",
        "/logga-in/2fa/",
    ],
    "registrator": [
        "/arkiv/",
        "/arkiv/{record}/",
        "/arkiv/sok/?q=sagostund",
        "/arkiv/{old}/bilder/",
        "/konton/{account}/arkiv/",
        "/ogonblicksbilder/",
        "/ogonblicksbilder/{snapshot}/",
        "/utlamnanden/",
        "/utlamnanden/{request}/",
        "/gallring/far-gallras/",
    ],
    "redaktor": ["/uppsikt/", "/uppsikt/logg/", "/konton/foresla/"],
    "revisor": ["/logg/", MISSING],
}
MORE: dict[str | None, list[str]] = {
    None: [
        "/logga-in/password/reset/",
        "/en/official-accounts/",
        "/en/official-accounts/{public}/",
        "/en/official-accounts/{public_lost}/",
        "/en/official-accounts/closed/",
        "/en/official-accounts/report/",
        "/en/official-accounts/receipt/",
        "/en/is-this-account-official/?q=facebook.com/unknown",
        "/en/open-data/",
        "/en/accessibility/",
        "/en/accessibility/feedback/",
        "/en/archived-file/",
        "/oppna-data/handlingstyper/",
    ],
    "registrator": [
        "/arkiv/{marked}/",
        "/arkiv/{marked}/sekretess/hav/",
        "/arkiv/{old}/",
        "/arkiv/{old}/sekretess/",
        "/arkiv/{old}/diariet/",
        "/arkiv/jamfor/?fran={old}&till={new}",
        "/arkiv/ordna/",
        "/arkiv/exporter/",
        "/arkiv/exporter/ny/",
        "/diariet/",
        "/diariet/{handover}/",
        "/utlamnanden/ny/",
        "/utlamnanden/{request}/valj/",
        "/utlamnanden/{request}/valda/{chosen}/",
        "/utlamnanden/{request}/avsla/",
        "/dokumenthanteringsplan/",
        "/dokumenthanteringsplan/{retention}/",
        "/handlingstyper/",
        "/gallringsbeslut/",
        "/gallringsbeslut/nytt/",
        "/gallringsbeslut/{decision}/",
        "/gallring/",
        "/gallring/gallrade/",
        "/gallring/stopp/",
        "/gallring/stopp/nytt/",
        "/gallring/stopp/{hold}/",
        "/kontroll-av-arkivet/",
        "/konton/{account}/ladda-upp/",
        "/konton/{account}/ladda-upp-inlagg/",
    ],
    "kommunikator": [
        "/konton/{closing}/",
        "/konton/{closed}/",
        "/konton/{lost}/",
        "/konton/{paused}/",
        "/konton/{inherited}/",
        "/konton/{account}/andra/",
        "/konton/{account}/pausa/",
        "/konton/{account}/avsluta/",
        "/konton/{account}/ansvar/",
        "/konton/{account}/inloggning/ange/",
        "/konton/{whole}/information/",
        "/konton/{whole}/informationstext/",
        "/konton/{whole}/atkomst/",
        "/konton/{whole}/atkomst/ny/",
        "/konton/{whole}/inloggning/",
        "/konton/{lost}/forlorat/",
        "/konton/{lost}/forlorat/atertaget/",
        "/konton/vantar/",
        "/konton/bekrafta/",
        "/planer/{amended}/",
        "/planer/{amended}/jamfor/{plan}/",
        "/planer/{plan}/kontaktuppgifter/",
        "/planer/{amended}/papper/",
        "/plattformar/",
        "/plattformar/facebook/",
        "/plattformar/facebook/sluta-anvanda/",
        "/inloggningar/",
        "/andringar/",
        "/andringar/{change}/",
        "/anmalningar/",
        "/anmalningar/{report}/",
        "/policy/",
        "/policy/las-in/",
        "/omorganisationer/",
        "/omorganisationer/ny/",
        "/min-sida/",
        "/logga-in/reauthenticate/",
        "/logga-in/password/change/",
        "/personer/",
        "/personer/ny/",
        "/personer/{person}/",
        "/personer/{person}/redigera/",
        "/personer/{person}/avsluta/",
        "/personer/{person}/lamnar/",
        "/personer/{person}/ge-roll/",
        "/personer/{person}/ersattare/",
        "/ersattare/",
        "/enheter/",
        "/enheter/{unit}/",
        "/enheter/{unit}/ny/",
        "/enheter/{unit}/redigera/",
        "/myndigheter/",
        "/myndigheter/ny/",
        "/kommun/",
        "/kom-igang/lista/",
        "/inbjudningar/",
        "/las-in/",
        "/las-in/enheter/",
        "/las-in/personer/",
        "/las-in/konton/",
    ],
    "chef": ["/", "/konton/", "/planer/{amended}/godkann/", "/konton/{account}/andra/"],
    "sidansvarig": ["/", "/konton/{account}/"],
    "it": ["/", "/personer/"],
}
VIEWS = [(DESKTOP, "light", "sv"), (PHONE, "dark", "sv"), (PHONE, "light", "en")]
OPPOSITE = [(DESKTOP, "dark", "en"), (PHONE, "light", "sv")]


@pytest.fixture(scope="package")
def numbers(site: Site) -> dict[str, str]:
    """Answer what stands in the addresses of the pages, by its name in them."""
    pages = {login: site.sign_in(login) for login in dict.fromkeys(who for who, _where, _link in FOUND.values())}
    return {name: number(site, pages[login], path, link) for name, (login, path, link) in FOUND.items()}


def number(site: Site, page: Page, path: str, link: str) -> str:
    """Answer what the first link of this shape has in the place of its group, as soon as there is one."""
    page.goto(f"{site.url}{path}")
    site.appears(page, page.locator("main tbody a[href], main li a[href], main article a[href]"))
    hrefs = [each.get_attribute("href") or "" for each in page.locator("main a[href]").all()]
    return next(found.group(1) for href in hrefs if (found := re.fullmatch(link, href)))


@pytest.mark.parametrize(("size", "scheme", "language"), VIEWS)
@pytest.mark.parametrize("login", PAGES)
def test_every_page_can_be_used_by_everyone(site: Site, numbers, login: str | None, size, scheme: str, language: str):
    assert looked_at(site, [path.format(**numbers) for path in PAGES[login]], login, size, scheme, language) == []


@pytest.mark.parametrize(("size", "scheme", "language"), OPPOSITE)
@pytest.mark.parametrize("login", MORE)
def test_every_rarer_page_can_too(site: Site, numbers, login: str | None, size, scheme: str, language: str):
    assert looked_at(site, [path.format(**numbers) for path in MORE[login]], login, size, scheme, language) == []


def looked_at(site: Site, paths: list[str], login: str | None, size, scheme: str, language: str) -> list[str]:
    """Answer all that is wrong with these pages, and what the browser complained of."""
    page = site.sign_in(login, size)
    page.emulate_media(color_scheme=scheme)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    for path in paths:
        answered = page.goto(f"{site.url}{path}")
        expected = 404 if path == MISSING else 200
        wrong += [f"{path}: {found}" for found in look(page)]
        wrong += [f"{path}: {answered.status}"] if answered.status != expected else []
        wrong += [f"{path}: led to {page.url}"] if page.url != f"{site.url}{path}" else []
    page.context.close()
    # The page that is not there answers 404, which the browser notes.
    return [text for text in wrong if not (MISSING in text and "404" in text)]


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

    for path in [*PAGES["kommunikator"], *MORE["kommunikator"]]:
        if "{" not in path:
            assert page.goto(f"{site.url}{path}").status == 200
    context.close()
