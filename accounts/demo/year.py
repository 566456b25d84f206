"""What a year brings: accounts that rest, end, were there before or are lost, and somebody who has left."""

from datetime import timedelta

from accounts.credentials.demo import keep_login
from accounts.day_one import inheriting
from accounts.demo.beginning import DEPUTY, EDITOR, HEAD, OFFICER, OWNER
from accounts.demo.telling import Story, address, handle, open_account, person
from accounts.life import changes, closing, lost, seasons
from accounts.models import Account, Duty, LossEntry, Platform
from governance import clock, people
from governance.demo.people import BUSINESS, CULTURE, DOMAIN, HOUSING, PRESCHOOL, YOUTH
from governance.models import PolicyVersion, Unit, User
from governance.permissions import EMPLOYEE
from governance.workflow import perform

# They never sign in: one has left, the other has not been invited yet.
LEFT, CARETAKER = "karin.dahl", "rune.malm"
SUMMER, WINTER = ("06-01", "08-31"), ("12-01", "03-31")
TWO_YEARS, MONTHS, LONG_AGO = 2 * 365, 120, 300

HOLIDAY = Story(
    unit=CULTURE,
    platform="torget",
    name="Sommarlov",
    handle="sommarlovet",
    purpose="Berätta för barn och unga vad de kan hitta på under lovet, gratis och nära.",
    by=HEAD,
    team=(DEPUTY, EDITOR, HEAD),
    lead=LEFT,
)
CHILDREN = Story(
    unit=PRESCHOOL,
    platform="torget",
    name="Solängens förskola",
    handle="solangensforskola",
    purpose="Visa vårdnadshavare och andra vad förskolan arbetar med.",
    by=HEAD,
    team=(DEPUTY, EDITOR, OWNER),
)
HALL = Story(
    unit=YOUTH,
    platform="torget",
    name="Fritidsgården Kajutan",
    handle="kajutan",
    purpose="Berätta om öppettider och program på fritidsgården.",
    by=HEAD,
    team=(DEPUTY, EDITOR, OWNER),
)


def trade(place: str) -> Story:
    """Answer the account of the municipality's trade."""
    return Story(
        unit=BUSINESS,
        platform="torget",
        name=f"{place} näringsliv",
        handle=f"{handle(place)}naringsliv",
        purpose="Ge företagare det de behöver veta om kommunen, och berätta om dem som etablerar sig här.",
        by=OFFICER,
        team=(OWNER, OFFICER, EDITOR),
    )


def resting(story: Story) -> None:
    """Open an account for a season that is not now; who answered for it has left since."""
    _enter(LEFT, "Karin Dahl", "Fritidsledare", CULTURE)
    account = _opened(story, MONTHS)
    first, last = (
        WINTER if seasons.is_season(Account(season_from=SUMMER[0], season_to=SUMMER[1]), clock.today()) else SUMMER
    )
    now = changes.facts(account)
    typed = now | {"season_from": first, "season_to": last}
    changes.edit(account, by=person(OFFICER), typed=typed, shown=now, stood=now)
    people.deactivate(person(LEFT), by=person(OFFICER))


def ending(story: Story) -> None:
    """Begin to close the account: it has been announced, and some days are left."""
    account = _opened(story, MONTHS)
    reason = "Föräldrarna får sin information i förskolans lärplattform, och nästan ingen läser kontot."
    instead = Account.objects.running().filter(unit=Unit.objects.root()).first()
    begun = closing.begin(
        account, by=person(OFFICER), reason=reason, closes_on=clock.today() + timedelta(days=21), successor=instead
    )
    for step in closing.ticked(begun)[:1]:
        closing.tick(begun, by=person(OFFICER), key=step.key, done=True, note="")


def ended(story: Story) -> None:
    """Go through a closing but for its snapshot, which the archive's demo takes before it closes the account."""
    account = _opened(story, LONG_AGO)
    reason = "Fritidsgården har gått ihop med Ungdomens hus."
    begun = closing.begin(account, by=person(OFFICER), reason=reason, closes_on=clock.today(), successor=None)
    for step in closing.ticked(begun):
        closing.tick(begun, by=person(OFFICER), key=step.key, done=True, note="")


def hijacked(story: Story) -> None:
    """Lose an account to somebody else, and begin to do what must be done."""
    account = _opened(story, MONTHS)
    reason = "Någon annan har bytt lösenordet och skriver om kryptovalutor i kommunens namn."
    noticed = Duty.objects.in_force().of_plan().filter(account=account).order_by("pk").first()
    perform(account, "report_lost", by=noticed.person if noticed else person(OFFICER), reason=reason)
    loss = lost.current(account)
    if loss is not None:
        lost.note(loss, by=person(OFFICER), key=LossEntry.Point.PLATFORM, text="Anmält, svar väntas i morgon.")
        lost.note(
            loss, by=person(OFFICER), key="", text="Två följare har ringt. De vet att det inte är vi som skriver."
        )


def inherited() -> None:
    """Take over an account that was there before Uppsikt: it is public and watched, and its plan is still owed."""
    unit, platform = Unit.objects.get(name=HOUSING), Platform.objects.get(key="torget")
    version = PolicyVersion.objects.current()
    if version is None or Account.objects.filter(unit=unit, platform=platform).exists():
        return
    caretaker = _enter(CARETAKER, "Rune Malm", "Fastighetsvärd", HOUSING)
    account = Account(
        name="Almlundens Bostäder", platform=platform, unit=unit, public_about="Lediga lägenheter och driftstörningar."
    )
    answers = version.policy.rule("plan", account.scope).duties[0].kind
    inheriting.inherit(
        account,
        by=person(OFFICER),
        address=address(platform, "almlundensbostader"),
        handle="almlundensbostader",
        opened_at=clock.now() - timedelta(days=TWO_YEARS),
        holders={answers: [caretaker]},
    )


def _opened(story: Story, days_ago: int) -> Account:
    account = open_account(story, days_ago)
    keep_login(account, by=person(OFFICER))
    return account


def _enter(login: str, name: str, title: str, unit: str) -> User:
    """Answer somebody of the demo who cannot sign in, entered where nobody has done so."""
    email = f"{login}@{DOMAIN}"
    if known := User.objects.filter(email=email).first():
        return known
    user = people.enter(email=email, name=name, title=title, phone="08-465 004 60", by=person(OFFICER))
    people.give_role(user, role=EMPLOYEE, unit=Unit.objects.get(name=unit), by=person(OFFICER))
    return user
