"""People with their roles from a spreadsheet: a person is known by e-mail address, and may stand on several rows."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import clock, role_rules
from governance import people as verbs
from governance.imports import values
from governance.imports.kinds import Column, Importer, Line, State
from governance.imports.tree import Node, Tree
from governance.models.organisation import Unit
from governance.models.people import RoleAssignment, User
from governance.models.policy import PolicyVersion
from governance.permissions import EMPLOYEE, MANAGER, ROLE_LABELS

# A person's name is compared with the real one, which whoever reads people in may read.
FACTS = {"name": "real_name", "title": "title", "phone": "phone"}
# These are held for one part of the organisation; the others are the municipality's where no unit is named.
LOCAL = (MANAGER, EMPLOYEE)
COLUMNS = (
    Column(
        "email",
        gettext_lazy("E-post"),
        ("epost", "e-postadress", "mejl", "mejladress", "mail", "mailadress", "e-mail", "email", "epostadress"),
        gettext_lazy("Personens egen e-postadress i arbetet. Den är också inloggningen."),
        "anna.ek@kommunen.se",
        required=True,
    ),
    Column(
        "name",
        gettext_lazy("Namn"),
        ("för- och efternamn", "förnamn och efternamn", "fullständigt namn", "person", "name"),
        gettext_lazy("För- och efternamn."),
        "Anna Ek",
        required=True,
    ),
    Column(
        "title",
        gettext_lazy("Titel"),
        ("befattning", "yrke", "tjänst", "title"),
        gettext_lazy("Befattning. Får vara tom."),
        "Bibliotekarie",
    ),
    Column(
        "phone",
        gettext_lazy("Telefon"),
        ("telefonnummer", "tel", "mobil", "phone"),
        gettext_lazy("Telefon i arbetet. Får vara tom."),
        "0500-10 00 00",
    ),
    Column(
        "role",
        gettext_lazy("Roll"),
        ("roller", "behörighet", "role"),
        gettext_lazy("Rollen i Uppsikt. Flera skiljs åt med kommatecken, eller står på var sin rad. Får vara tom."),
        gettext_lazy("Medarbetare"),
    ),
    Column(
        "unit",
        gettext_lazy("Enhet"),
        ("arbetsplats", "förvaltning", "avdelning", "verksamhet", "unit"),
        gettext_lazy("Enheten som rollen gäller. Tomt betyder hela kommunen, utom för chefer och medarbetare."),
        "Biblioteket",
    ),
    Column(
        "protected",
        gettext_lazy("Skyddade personuppgifter"),
        ("skyddad", "skyddad identitet", "skydd", "protected"),
        gettext_lazy("Ja eller nej. Den som har skyddade personuppgifter visas bara med sin funktion."),
        gettext_lazy("Nej"),
    ),
)


def columns() -> tuple[Column, ...]:
    """Answer the columns of a person."""
    return COLUMNS


def check(lines: list[Line], by: User) -> None:
    """Say of each line who it is and which roles it gives, or what is wrong with it."""
    tree, roles = Tree(), _roles()
    for line in lines:
        _read(line, tree, roles)
    addresses = {line.found["email"] for line in lines}
    known = {user.email: user for user in User.objects.filter(email__in=addresses)}
    held = _held(known.values())
    first: dict[str, Line] = {}
    for line in lines:
        user = known.get(line.found["email"])
        _agree(line, first)
        _compare(line, user, held)
        _check_own(line, user, by, held)
        line.standing(known=user is not None)


def carry_out(lines: list[Line], by: User) -> None:
    """Enter or correct the people, and give the roles that they do not hold."""
    for line in lines:
        email, said = line.found["email"], line.found["fields"]
        user = User.objects.filter(email=email).first()
        if user is None:
            user = verbs.enter(email=email, by=by, **said)
        elif line.state == State.CHANGED and said:
            user = verbs.correct(user, by=by, **said)
        _give(user, [(role, node.unit) for role, node in line.found["roles"] if node.unit], by)


def _give(user: User, roles: list[tuple[str, Unit]], by: User) -> None:
    held = _held([user])
    for role, unit in roles:
        if (user.pk, role, unit.pk) not in held:
            verbs.give_role(user, role=role, unit=unit, by=by)


def _read(line: Line, tree: Tree, roles: dict[str, str]) -> None:
    values.needed(line, "email", _("Skriv e-postadressen."))
    values.needed(line, "name", _("Skriv namnet."))
    found = {key: values.fitting(line, key, User._meta.get_field(column)) for key, column in FACTS.items()}
    line.found = {key: value for key, value in found.items() if value}
    line.found["email"] = values.email(line, "email")
    line.found["protected"] = values.yes(line, "protected")
    line.found["roles"] = _given(line, tree, roles)
    line.found["fields"] = {}


def _given(line: Line, tree: Tree, roles: dict[str, str]) -> list[tuple[str, Node]]:
    """Answer the roles that the line gives, each with its unit."""
    node = tree.node(line, "unit")
    named = values.words(line, "role")
    given: list[tuple[str, Node]] = []
    for word in named:
        role = roles.get(word.casefold())
        if role is None:
            offered = ", ".join(dict.fromkeys(str(label) for label in ROLE_LABELS.values()))
            line.wrong("role", _("Rollen ”%(typed)s” finns inte. De som finns: %(known)s.") % _facts(word, offered))
        elif role in LOCAL and not line.get("unit"):
            line.wrong("unit", _("Skriv vilken enhet rollen ”%(typed)s” gäller.") % {"typed": word})
        else:
            given.append((role, node or tree.root))
    return given if node or not line.get("unit") else []


def _facts(typed: str, known: str) -> dict[str, str]:
    return {"typed": typed, "known": known}


def _agree(line: Line, first: dict[str, Line]) -> None:
    """See that the rows about one person say the same of the person, and are not the same row twice."""
    before = first.setdefault(line.found["email"], line) if line.found["email"] else line
    if before is line:
        line.found["told"] = [line]
        return
    for key in FACTS:
        if line.get(key) and before.get(key) and line.get(key) != before.get(key):
            words = _("På rad %(row)d står något annat om samma person: ”%(other)s”.")
            line.wrong(key, words % {"row": before.number, "other": before.get(key)})
    same = next((told for told in before.found["told"] if told.found["roles"] == line.found["roles"]), None)
    if same is not None and not line.problems:
        line.wrong("email", _("Samma person med samma roller står redan på rad %(row)d.") % {"row": same.number})
    before.found["told"].append(line)


def _compare(line: Line, user: User | None, held: set[tuple[int, str, int]]) -> None:
    """Fill in what the line changes; an empty cell says nothing, and protection is never taken away by a file."""
    said = {name: line.found[name] for name in FACTS if name in line.found}
    if user is None:
        line.found["fields"] = said | ({"protected_identity": True} if line.found["protected"] else {})
        return
    if not user.is_active:
        line.wrong("email", _("Personen är avslutad i Uppsikt. Öppna inloggningen igen först."))
    before = {key: getattr(user, column) for key, column in FACTS.items()}
    line.found["fields"] = {key: value for key, value in said.items() if value != before[key]}
    labels = {column.key: column.label for column in COLUMNS}
    line.changes = [f"{labels[key]}: {before[key] or '–'} → {value}" for key, value in line.found["fields"].items()]
    if line.found["protected"] and not user.protected_identity:
        line.found["fields"]["protected_identity"] = True
        line.changes.append(str(labels["protected"]))
    for role, node in line.found["roles"]:
        if node.unit is None or (user.pk, role, node.unit.pk) not in held:
            line.changes.append(_("Ny roll: %(role)s, %(unit)s") % {"role": ROLE_LABELS[role], "unit": node.name})


def _check_own(line: Line, user: User | None, by: User, held: set[tuple[int, str, int]]) -> None:
    """See that nobody reads in more for him- or herself than he or she has: the same rule as on the person's page."""
    if user != by:
        return
    for role, unit in [(role, node.unit) for role, node in line.found["roles"] if node.unit]:
        known = (by.pk, role, unit.pk) in held
        if not known and (refused := role_rules.refusal_to_give(role, unit, to=by, by=by, secrecy=False)):
            line.wrong("role", refused)


def _held(users: Iterable[User]) -> set[tuple[int, str, int]]:
    rows = RoleAssignment.objects.in_force(clock.today()).filter(user__in=list(users))
    return set(rows.values_list("user", "role", "unit"))


def _roles() -> dict[str, str]:
    """Answer every word for a role, in lower case: the product's and the policy's."""
    found = {str(label).casefold(): role for role, label in ROLE_LABELS.items()}
    version = PolicyVersion.objects.current()
    if version is not None:
        found |= {version.policy.word(role).casefold(): role for role in ROLE_LABELS}
    return found


IMPORTER = Importer(
    key="personer",
    label=gettext_lazy("Personer och roller"),
    lead=gettext_lazy("De som arbetar med kontona, deras chefer, registratorer och andra, och vilka roller de har."),
    order=20,
    columns=columns,
    check=check,
    carry_out=carry_out,
    count=lambda: User.objects.filter(is_active=True).count(),
)
