"""What the register knows already, loaded once for a whole file of accounts; and how each row stands to it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time

from django.utils.translation import gettext as _

from accounts.life import opening
from accounts.models import Account, ActivityPlan, Duty, Platform
from accounts.models.account import RUNNING
from accounts.models.platform import Found
from governance import clock
from governance.imports import values
from governance.imports.kinds import Line
from governance.imports.tree import Tree, plain
from governance.models import Unit, User

FACTS = (
    "name",
    "kind",
    "visibility",
    "visibility_reason",
    "audience",
    "public_about",
    "public_contact",
    "public_email",
)
# How people write it, beside the words that Uppsikt shows.
WORDS = {
    "kind": {
        "kommunövergripande": "municipality_wide",
        "kommungemensamt": "municipality_wide",
        "eget": "unit",
        "verksamhet": "unit",
        "enhet": "unit",
        "internt": "internal",
        "omvärldsbevakning": "monitoring",
    },
    "visibility": {"öppet": "open", "öppen": "open", "låst": "locked", "slutet": "locked", "internt": "internal"},
}


def words(name: str) -> dict[str, str]:
    """Answer every word for a choice, in lower case."""
    choices = {"kind": Account.Kind, "visibility": Account.Visibility}[name]
    return {label.casefold(): value for value, label in choices.choices} | WORDS[name]


class Known:
    """Platforms, units, people, accounts and duties, in a number of queries that no file makes larger."""

    def __init__(self, lines: Iterable[Line], duties: list[str]) -> None:
        self.duties = duties
        self.tree = Tree()
        # A site of one's own is tried last: it could be anything.
        self.platforms = sorted(Platform.objects.whole(), key=lambda each: (each.anywhere, each.sort_key))
        self._named = {plain(name): each for each in self.platforms for name in (each.name, each.key)}
        self._people: dict[str, User] = {}
        self._read_people(lines)
        held = Account.objects.exclude(address="").filter(address_released_at=None)
        self._accounts = {each.address.lower(): each for each in held.select_related("unit", "platform")}
        self._duties: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for duty in Duty.objects.in_force().of_plan().order_by("pk"):
            self._duties[duty.account_id][duty.kind].add(duty.person_id)
        approved = ActivityPlan.objects.exclude(approved_at=None)
        signing = ActivityPlan.objects.filter(status=ActivityPlan.Status.SIGNING)
        self._planned = set(approved.values_list("account", flat=True))
        self._signing = set(signing.values_list("account", flat=True))
        self._rows: dict[str, int] = {}  # address -> the row of the file where it stood first

    def there(self, line: Line) -> tuple[Found | None, Platform | None]:
        """Answer the account's canonical address and its platform; the address says which where the row does not."""
        typed = values.needed(line, "address", _("Skriv kontots adress."))
        named = line.get("platform")
        platform = self._named.get(plain(named)) if named else None
        if named and platform is None:
            offered = ", ".join(each.name for each in self.platforms)
            line.wrong(
                "platform",
                _("Plattformen ”%(typed)s” finns inte. De som finns: %(known)s.") % {"typed": named, "known": offered},
            )
            return None, None
        if not typed:
            return None, platform
        return self._recognised(line, typed, platform)

    def unit(self, line: Line) -> Unit | None:
        """Answer the unit that answers for the account."""
        if not values.needed(line, "unit", _("Skriv vilken enhet som svarar för kontot.")):
            return None
        node = self.tree.node(line, "unit")
        return node.unit if node else None

    def opened(self, line: Line) -> datetime | None:
        """Answer since when the account is in use; a day ahead is wrong."""
        day = values.day(line, "opened_on")
        if day is not None and day > clock.today():
            line.wrong("opened_on", _("Dagen kan inte ligga framåt i tiden."))
        return clock.at(day, time.min) if day else None

    def people(self, line: Line, key: str) -> list[User]:
        """Answer who holds a duty; an address that nobody has is wrong."""
        found = []
        for address in values.emails(line, key):
            user = self._people.get(address)
            if user is None:
                text = _("Ingen i Uppsikt har adressen %(email)s. Läs in personen först, eller rätta adressen.")
                line.wrong(key, text % {"email": address})
            elif not user.is_active:
                line.wrong(key, _("%(email)s är avslutad i Uppsikt.") % {"email": address})
            else:
                found.append(user)
        return found

    def account(self, line: Line, found: Found | None) -> Account | None:
        """Answer the account that has the address already; twice in the file, or not in use, is wrong."""
        if found is None:
            return None
        address = found.address.lower()
        first = self._rows.setdefault(address, line.number)
        if first != line.number:
            line.wrong("address", _("Samma konto står redan på rad %(row)d.") % {"row": first})
        account = self._accounts.get(address)
        if account is not None and account.status not in RUNNING:
            text = _("Kontot finns redan i Uppsikt och är inte i bruk: läget är ”%(status)s”.")
            line.wrong("address", text % {"status": account.get_status_display()})
        return account

    def compare(self, line: Line, account: Account) -> None:
        """Note what the row says otherwise than the register; an empty cell says nothing."""
        said = {name: value for name, value in line.found["facts"].items() if value and value != getattr(account, name)}
        line.found["said"], line.found["reheld"] = said, {}
        for name, value in said.items():
            field = Account._meta.get_field(name)
            before, after = getattr(account, name), value
            if field.choices:  # type: ignore[union-attr]
                shown = dict(field.choices)  # type: ignore[union-attr]
                before, after = shown[before], shown[value]
            line.changes.append(f"{field.verbose_name}: {before or '–'} → {after}")  # type: ignore[union-attr]
        if said and account.pk in self._signing:
            line.wrong("name", _("Kontots plan ligger för underskrift. Läs in ändringen när den är klar."))
        if {**_stands(account), **said}["visibility"] != "open" and not {**_stands(account), **said}[
            "visibility_reason"
        ]:
            line.wrong("visibility_reason", _("Skriv varför kontot inte är öppet för alla."))
        unit = line.found["unit"]
        if unit is not None and unit != account.unit:
            text = _("Kontot hör till %(unit)s. En flytt görs som en omorganisation, inte genom inläsning.")
            line.wrong("unit", text % {"unit": account.unit})
        self._compare_duties(line, account)

    def _compare_duties(self, line: Line, account: Account) -> None:
        for kind, people in line.found["holders"].items():
            if {person.pk for person in people} == self._duties[account.pk][kind]:
                continue
            if account.pk in self._planned:
                line.wrong(f"duty_{kind}", _("Kontot har en plan. Ändra vem som har ansvaret i planen."))
                continue
            line.found["reheld"][kind] = people
            line.changes.append(_("Ansvar: %(people)s") % {"people": ", ".join(person.email for person in people)})

    def _recognised(self, line: Line, typed: str, platform: Platform | None) -> tuple[Found | None, Platform | None]:
        if platform is None and not re.search(r"[./]", typed):
            # A name without an address could be anybody's on any platform.
            line.wrong(
                "platform", _("Skriv vilken plattform ”%(typed)s” finns på, eller hela adressen.") % {"typed": typed}
            )
            return None, None
        candidates = [platform] if platform else self.platforms
        for each in candidates:
            found = each.recognise(typed)
            if found is None or (each.anywhere and self._elsewhere(each, typed)):
                continue
            if len(found.address) <= opening.LONGEST:
                return found, each
        line.wrong("address", self._why(typed, platform))
        return None, platform

    def _elsewhere(self, platform: Platform, typed: str) -> bool:
        try:
            opening.check(platform, typed)
        except opening.NotTheirs:
            return True
        return False

    def _why(self, typed: str, platform: Platform | None) -> str:
        """Answer what is wrong with an address, in the words of the platform whose own site it stands on."""
        for each in [platform] if platform else self.platforms:
            if platform is None and each.not_account(typed) is None:
                continue
            try:
                opening.check(each, typed)
            except opening.NotTheirs as refused:
                return str(refused)
        return _("”%(typed)s” är ingen adress på någon av plattformarna.") % {"typed": typed[:200]}

    def _read_people(self, lines: Iterable[Line]) -> None:
        addresses: set[str] = set()
        for line in lines:
            for key in self.duties:
                addresses |= set(values.emails(Line(line.number, line.values), key))
        self._people = {user.email: user for user in User.objects.filter(email__in=addresses)}


def _stands(account: Account) -> dict[str, str]:
    return {name: getattr(account, name) for name in FACTS}
