"""Where most municipalities begin: two accounts that are open, a plan that waits for its signatures, a draft."""

from accounts import actions
from accounts.credentials.demo import settle
from accounts.demo.telling import Story, handle, open_account, person, propose, submit, written
from accounts.life import changes
from accounts.models import Account, PublicReport
from accounts.plans import amendment
from accounts.public import reports
from governance.demo.people import LIBRARY, MUSIC_SCHOOL, YOUTH

OFFICER, HEAD, CHIEF, OWNER, EDITOR, DEPUTY, TEACHER = (
    "kommunikator",
    "forvaltningschef",
    "chef",
    "sidansvarig",
    "redaktor",
    "ersattare",
    "musiklarare",
)


def whole(municipality: str) -> Story:
    """Answer the municipality's own account."""
    return Story(
        unit="",
        platform="torget",
        name=municipality,
        handle=handle(municipality),
        purpose="Berätta vad som händer i kommunen, svara på frågor och nå ut snabbt vid en kris.",
        by=OFFICER,
        team=(OFFICER, EDITOR, OWNER),
        kind=Account.Kind.MUNICIPALITY_WIDE,
    )


def library(place: str) -> Story:
    """Answer the library's account."""
    return Story(
        unit=LIBRARY,
        platform="torget",
        name=f"{place} bibliotek",
        handle=f"{handle(place)}bibliotek",
        purpose="Tipsa om böcker och program och göra det lätt att fråga biblioteket.",
        by=OWNER,
        team=(OWNER, EDITOR, DEPUTY),
    )


MUSIC = Story(
    unit=MUSIC_SCHOOL,
    platform="instagram",
    name="Kulturskolan",
    handle="kulturskolan",
    purpose="Visa vad eleverna gör och locka fler att söka till kulturskolan.",
    by=TEACHER,
    team=(TEACHER, EDITOR, DEPUTY),
)
TEENS = Story(
    unit=YOUTH,
    platform="tiktok",
    name="Ungdomens hus",
    handle="ungdomenshus",
    purpose="Nå unga mellan 13 och 19 år med vad som händer på Ungdomens hus.",
    by=HEAD,
    team=(),
)


def settled(story: Story) -> None:
    """Open the account, note who gets in and what it shows; and somebody outside writes of a copy of it."""
    account = open_account(story)
    settle(account, by=person(OFFICER))
    text = (
        "Jag fick en vänförfrågan från en sida med kommunens vapen, men den skriver om lotterier och vill ha mitt "
        "telefonnummer. Är det verkligen ni?"
    )
    about = f"https://www.facebook.com/{story.handle}.lotteri"
    reports.receive(kind=PublicReport.Kind.FALSE_ACCOUNT, about=about, text=text, language="sv", account=account)


def being_changed(story: Story) -> None:
    """Open the account; its plan's next version waits for a signature, and a change for communications."""
    account = open_account(story)
    plan = amendment.begin(account, by=person(CHIEF))
    purpose = f"{story.purpose} Nå också dem som läser på andra språk än svenska."
    submit(actions.save_draft(plan, by=plan.drafted_by, fields={"purpose": purpose}, people={}))
    now = changes.facts(account)
    about = "Boktips, program för barn och vuxna, och svar på det du undrar över. Skriv gärna på ditt eget språk."
    changes.edit(account, by=person(CHIEF), typed=now | {"public_about": about}, shown=now, stood=now)


def waiting(story: Story) -> None:
    """Lay the plan before its signers."""
    submit(written(propose(story), story))


def begun(story: Story) -> None:
    """Begin the plan, and leave the rest for later."""
    plan = propose(story)
    actions.save_draft(plan, by=plan.drafted_by, fields={"purpose": story.purpose}, people={})
