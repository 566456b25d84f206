"""The main job, walked in a browser as each role, against the whole product: from a policy to an archived snapshot."""

import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.walk.conftest import PHONE, Site

ACCOUNT = "Bokbussen"
CAPTURE_MS = 120_000
# Lekeberg 5.2: a page owner and at least one editor.
PAGE_OWNER, EDITOR = "Johan Nyberg (sidansvarig@kommun.example)", "Amina Hassan (redaktor@kommun.example)"


@pytest.fixture(scope="package")
def account(site: Site) -> str:
    """Walk steps 1 to 4 once: policy, plan, signatures, opening; answer the address of the account's page."""
    adopted(site)
    plan = drafted(site)
    signed(site, plan)
    return opened(site)


def adopted(site: Site) -> None:
    page = site.sign_in("kommunikator")
    page.goto(f"{site.url}/policy/")
    site.picture(page, "1-policy")
    expect(page.get_by_text("Lekebergs kommun").first).to_be_visible()
    page.goto(f"{site.url}/policy/las-in/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def drafted(site: Site) -> str:
    page = site.sign_in("redaktor")
    page.goto(f"{site.url}/konton/foresla/")
    page.get_by_label("Kontots namn").fill(ACCOUNT)
    page.get_by_label("Plattform").select_option(label="Torget")
    page.get_by_role("button", name="Gå vidare till planen").click()
    page.wait_for_url(re.compile(r"/planer/\d+/"))
    plan = re.search(r"/planer/(\d+)/", page.url).group(1)
    page.goto(f"{site.url}/planer/{plan}/redigera/")
    fill_plan(page)
    site.picture(page, "2-plan")
    page.get_by_role("button", name="Spara utkast").click()
    page.wait_for_url(f"{site.url}/planer/{plan}/")
    page.get_by_role("button", name="Lämna för godkännande").click()
    page.wait_for_load_state()
    expect(page.get_by_text("Lämnad för godkännande").first).to_be_visible()
    return plan


def fill_plan(page: Page) -> None:
    """Fill in every text and number of the form, and name a page owner and an editor."""
    for box in page.locator("main textarea").all():
        box.fill("Vi berättar när bokbussen kommer och svarar på frågor.")
    page.locator("input[name=hours_per_week]").fill("3,5")
    page.locator("input[name='page_owner-0-person']").fill(PAGE_OWNER)
    page.locator("input[name='editor-0-person']").fill(EDITOR)
    for day in page.locator("main input[name=watch_days]").all():
        day.check()


def signed(site: Site, plan: str) -> None:
    page = site.sign_in("chef")
    page.goto(f"{site.url}/planer/{plan}/godkann/")
    site.picture(page, "3-approve")
    page.get_by_role("button", name="Godkänn planen").click()
    page.wait_for_url(f"{site.url}/planer/{plan}/")
    expect(page.get_by_text("Maria Bergström").first).to_be_visible()


def opened(site: Site) -> str:
    page = site.sign_in("kommunikator")
    page.goto(f"{site.url}/konton/?q={ACCOUNT}")
    page.get_by_role("link", name=ACCOUNT).first.click()
    page.wait_for_url(re.compile(r"/konton/\d+/$"))
    address = page.url
    page.get_by_role("link", name="Öppna kontot").first.click()
    for prerequisite in page.locator("main input[name^=confirmed]").all():
        prerequisite.check()
    field = page.get_by_label("Kontots adress")
    field.fill("https://www.facebook.com/bokbussen")
    page.get_by_role("button", name="Öppna kontot").click()
    expect(page.get_by_text("Adressen hör till Facebook").first).to_be_visible()
    expect(field).to_have_value("https://www.facebook.com/bokbussen")
    torget = re.search(r"http://localhost:\d+/", page.locator("main").inner_text()).group(0)
    field.fill(f"{torget}bokbussen")
    site.picture(page, "4-open")
    page.get_by_role("button", name="Öppna kontot").click()
    page.wait_for_url(address)
    expect(page.get_by_text("Aktivt").first).to_be_visible()
    return address


def test_the_opened_account_stands_on_the_public_list_without_login(site: Site, account: str):
    page = site.sign_in(None)

    page.goto(f"{site.url}/officiella-konton/")

    expect(page.get_by_text(ACCOUNT).first).to_be_visible()
    site.picture(page, "4-public")


def test_the_snapshot_is_taken_kept_and_handed_out(site: Site, account: str):
    page = site.sign_in("registrator")
    page.goto(f"{site.url}/ogonblicksbilder/")
    site.appears(page, page.get_by_role("link", name=re.compile(ACCOUNT))).first.click()
    page.wait_for_url(re.compile(r"/ogonblicksbilder/\d+/"))
    site.picture(page, "5-progress")
    to_record = page.get_by_role("link", name="Se bilden i arkivet").first
    expect(to_record).to_be_visible(timeout=CAPTURE_MS)

    page.goto(f"{site.url}/arkiv/")
    site.picture(page, "6-archive")
    page.get_by_role("link", name=re.compile(ACCOUNT)).first.click()
    page.wait_for_url(re.compile(r"/arkiv/\d+/"))
    site.picture(page, "6-record")

    cookies = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    link = page.locator("main a[href$='.pdf'], main a[href*='filer']").first.get_attribute("href")
    request = urllib.request.Request(f"{site.url}{link}", headers={"Cookie": cookies})
    assert urllib.request.urlopen(request, timeout=30).status == 200


def test_todays_oversight_is_logged_on_a_phone(site: Site, account: str):
    page = site.sign_in("redaktor", PHONE)

    page.goto(f"{site.url}/uppsikt/")
    site.picture(page, "7-oversight")
    page.get_by_role("button", name=re.compile("Sett, inget att åtgärda")).first.click()

    expect(page.get_by_role("status").or_(page.locator(".ds-alert")).first).to_be_visible()


def test_a_missed_round_has_reminded_by_mail(site: Site, account: str):
    page = site.sign_in(None)

    page.goto(f"{site.url}/demo/brevlada/?till=redaktor@kommun.example")

    site.appears(page, page.get_by_role("link", name=re.compile("Missad uppsikt")))
    site.picture(page, "7-mailbox")


def test_every_step_stands_in_the_log_and_the_chain_verifies(site: Site, account: str):
    page = site.sign_in("revisor")
    page.goto(f"{site.url}/logg/?q={ACCOUNT}")
    site.picture(page, "8-log")
    for sentence in ("föreslog", "lämnade för underskrift", "godkände", "öppnade"):
        expect(page.locator("main table").get_by_text(re.compile(sentence)).first).to_be_visible()
    # The events are sealed within a minute; then the page says when that was last done.
    site.appears(page, page.locator("main dl time"))
    page.get_by_role("button", name="Kontrollera kedjan").click()

    expect(page.get_by_text("Kedjan håller").first).to_be_visible()
