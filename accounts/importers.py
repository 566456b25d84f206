"""Accounts with their duties from a spreadsheet: an account is known by its canonical address."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.day_one import importing, inheriting
from accounts.day_one.importing import FACTS, Known
from accounts.life import changes
from accounts.models import Account
from governance.imports import kinds, values
from governance.imports.kinds import Column, Importer, Line, State
from governance.models import PolicyVersion, User

COLUMNS = (
    Column(
        "name",
        gettext_lazy("Kontots namn"),
        ("namn", "konto", "kontonamn", "kanal", "sida", "name", "account"),
        gettext_lazy("Det namn som kontot visar."),
        "Biblioteket",
        required=True,
    ),
    Column(
        "address",
        gettext_lazy("Webbadress"),
        ("adress", "länk", "url", "webbadress till kontot", "address", "link"),
        gettext_lazy("Kopiera den från webbläsaren. Ett användarnamn räcker om plattformen står i raden."),
        "https://www.facebook.com/biblioteket",
        required=True,
    ),
    Column(
        "platform",
        gettext_lazy("Plattform"),
        ("typ av konto", "medium", "media", "tjänst", "platform"),
        gettext_lazy("Till exempel Facebook. Tomt betyder att adressen får avgöra."),
        "Facebook",
    ),
    Column(
        "unit",
        gettext_lazy("Ansvarig enhet"),
        ("enhet", "verksamhet", "förvaltning", "avdelning", "unit"),
        gettext_lazy("Enheten som svarar för kontot, med det namn som den har i Uppsikt."),
        "Biblioteket",
        required=True,
    ),
    Column(
        "kind",
        gettext_lazy("Slag av konto"),
        ("slag", "kontotyp", "kind"),
        gettext_lazy("Tomt betyder verksamhetens eget."),
        gettext_lazy("Verksamhetens eget"),
    ),
    Column(
        "visibility",
        gettext_lazy("Vem kan se kontot"),
        ("synlighet", "öppet eller låst", "visibility"),
        gettext_lazy("Öppet, låst eller internt. Tomt betyder öppet."),
        gettext_lazy("Öppet"),
    ),
    Column(
        "visibility_reason",
        gettext_lazy("Skäl till att kontot inte är öppet"),
        ("skäl", "motivering", "reason"),
        gettext_lazy("Behövs för ett låst eller internt konto."),
    ),
    Column(
        "audience",
        gettext_lazy("Vilka ett låst konto är till för"),
        ("målgrupp för låst konto", "audience"),
        gettext_lazy("Står på den offentliga listan, till exempel ”vårdnadshavare”."),
    ),
    Column(
        "public_about",
        gettext_lazy("Vad kontot är till för"),
        ("syfte", "ändamål", "beskrivning", "purpose", "description"),
        gettext_lazy("En eller två meningar för allmänheten."),
        "Boktips och öppettider",
    ),
    Column(
        "public_contact",
        gettext_lazy("Kontakt: funktion"),
        ("kontakt", "kontaktfunktion", "contact"),
        gettext_lazy("En funktion, aldrig en privatperson."),
        "Bibliotekets kundtjänst",
    ),
    Column(
        "public_email",
        gettext_lazy("Kontakt: funktionsadress"),
        ("funktionsadress", "kontakt e-post", "e-post", "epost", "mejl", "email"),
        gettext_lazy("Verksamhetens gemensamma e-postadress."),
        "biblioteket@kommunen.se",
    ),
    Column(
        "opened_on",
        gettext_lazy("Öppnat"),
        ("öppnades", "startade", "startdatum", "skapat", "datum", "opened"),
        gettext_lazy("Dagen då kontot började användas, till exempel 2019-05-01. Tomt betyder i dag."),
        "2019-05-01",
    ),
)
DUTY = "duty_"


def columns() -> tuple[Column, ...]:
    """Answer the columns of an account: its own, and one for each duty that the policy in force names."""
    version = PolicyVersion.objects.current()
    rules = version.policy.plan.duties if version else ()
    help_text = gettext_lazy("E-postadresser till dem som har ansvaret. Flera skiljs åt med kommatecken.")
    return (*COLUMNS, *(Column(f"{DUTY}{rule.kind}", rule.title, (rule.kind,), help_text) for rule in rules))


def check(lines: list[Line], by: User) -> None:
    """Say of each line which account it is and what of it is new, or what is wrong with it."""
    known = Known(lines, [column.key for column in columns() if column.key.startswith(DUTY)])
    for line in lines:
        line.found = {"facts": {name: _fact(line, name) for name in FACTS}}
        _look(line, known)
        line.standing(known=line.found.get("account") is not None)


def carry_out(lines: list[Line], by: User) -> None:
    """Take over the new accounts, and correct those that are known."""
    for line in lines:
        found, account = line.found, line.found["account"]
        if account is None:
            facts = {name: value for name, value in found["facts"].items() if value}
            fresh = Account(platform=found["platform"], unit=found["unit"], **facts)
            opened, there = found["opened_at"], found["address"]
            inheriting.inherit(
                fresh, by=by, address=there.address, handle=there.handle, opened_at=opened, holders=found["holders"]
            )
        elif line.state == State.CHANGED:
            _correct(account, found, by)


def _correct(account: Account, found: dict[str, Any], by: User) -> None:
    if said := found["said"]:
        stands = changes.facts(account)
        changes.edit(account, by=by, typed=stands | said, shown=stands, stood=stands)
    if holders := found["reheld"]:
        inheriting.hold(account, holders)
        inheriting.name_in_draft(account, holders, by=by)


def _look(line: Line, known: Known) -> None:
    found = line.found
    found["address"], found["platform"] = known.there(line)
    found["unit"] = known.unit(line)
    found["opened_at"] = known.opened(line)
    found["holders"] = {key.removeprefix(DUTY): people for key in known.duties if (people := known.people(line, key))}
    found["account"] = known.account(line, found["address"])
    account = found["account"]
    values.needed(line, "name", _("Skriv kontots namn.")) if account is None else None
    if account is None:
        _check_visibility(line, found["facts"])
        return
    known.compare(line, account)


def _check_visibility(line: Line, facts: dict[str, str]) -> None:
    hidden = facts["visibility"] not in ("", Account.Visibility.OPEN)
    if hidden and not facts["visibility_reason"]:
        line.wrong("visibility_reason", _("Skriv varför kontot inte är öppet för alla."))


def _fact(line: Line, name: str) -> str:
    field = Account._meta.get_field(name)
    if isinstance(field, models.CharField) and field.choices:
        return values.choice(line, name, importing.words(name))
    return values.fitting(line, name, field, lines=name == "public_about")


kinds.register(
    Importer(
        key="konton",
        label=gettext_lazy("Konton och ansvar"),
        lead=gettext_lazy("Kontona som redan finns, vem som svarar för dem och vilka som sköter dem."),
        order=30,
        columns=columns,
        check=check,
        carry_out=carry_out,
        count=lambda: Account.objects.opened().count(),
    )
)
