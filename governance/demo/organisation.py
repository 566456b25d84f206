"""The demo's organisation, people and policies, made through the same verbs as any other. May be repeated at will."""

from datetime import date

from django.db import transaction

from governance import audit, day_one, people, policies_in_force
from governance.demo.people import (
    BUSINESS,
    CULTURE,
    DOMAIN,
    HOUSING,
    LIBRARY,
    MUSIC_SCHOOL,
    OFFICER,
    PASSWORD,
    PEOPLE,
    PRESCHOOL,
    ROOT,
    YOUTH,
    Person,
)
from governance.models import Authority, Municipality, PolicyVersion, RoleAssignment, Unit, User
from governance.policy.reader import read, shipped

DEFAULT_POLICY = "lekeberg"
SINCE = date(2020, 1, 1)
BOARD, CULTURE_BOARD = "Kommunstyrelsen", "Kultur- och bildningsnämnden"
DECISION = "Påhittat beslut i demonstrationen"
# unit -> (the unit above it, its authority, its function address)
UNITS = {
    BUSINESS: (ROOT, BOARD, "kommunikation"),
    CULTURE: (ROOT, CULTURE_BOARD, "kultur.bildning"),
    LIBRARY: (CULTURE, CULTURE_BOARD, "biblioteket"),
    MUSIC_SCHOOL: (CULTURE, CULTURE_BOARD, "kulturskolan"),
    YOUTH: (CULTURE, CULTURE_BOARD, "ungdomens.hus"),
    PRESCHOOL: (CULTURE, CULTURE_BOARD, "solangen"),
    HOUSING: (ROOT, HOUSING, "almlunden"),
}


@transaction.atomic
def load(policy: str | None = None) -> PolicyVersion:
    """Make what is missing, and adopt `policy` where it is named and another one holds; answer what holds."""
    current = PolicyVersion.objects.current()
    key = policy or (current.key if current else DEFAULT_POLICY)
    _units(_root(key))
    for person in PEOPLE:
        _person(person)
    officer = User.objects.get(email=OFFICER.email)
    _municipality(officer)
    for path in shipped().values():
        policies_in_force.load(path, by=officer)
    return _adopt(key, officer) if policy or current is None else current


def unit(name: str) -> Unit:
    """Answer a unit of the demo by the name it has here."""
    return Unit.objects.get(name=name) if name else Unit.objects.root()


def _root(key: str) -> Unit:
    """Answer the municipality itself, called as in the policy that will hold."""
    name = read(shipped()[key].read_text(encoding="utf-8"), key).municipality.name
    root = Unit.objects.filter(parent=None).first() or people.found(name, since=SINCE)
    if (root.name, root.email) != (name, f"kommun@{DOMAIN}"):
        root.name, root.email = name, f"kommun@{DOMAIN}"
        root.save()
    return root


def _municipality(officer: User) -> None:
    """Call the municipality as its root is called; what somebody has changed about it stays."""
    known = Municipality.objects.first()
    name = Unit.objects.root().name
    if known is None:
        address = f"kommun@{DOMAIN}"
        day_one.change(by=officer, name=name, email=address, accessibility_email=address)
    elif known.name != name:
        day_one.change(by=officer, name=name)


def _units(root: Unit) -> None:
    _authority(CULTURE_BOARD, Authority.Kind.BOARD)
    _authority(HOUSING, Authority.Kind.COMPANY)
    for name, (above, authority, address) in UNITS.items():
        if Unit.objects.filter(name=name).exists():
            continue
        made = Unit.objects.create(
            name=name,
            parent=unit(above),
            authority=Authority.objects.get(name=authority),
            email=f"{address}@{DOMAIN}",
            valid_from=SINCE,
        )
        audit.record("unit.found", by=None, obj=made)


def _authority(name: str, kind: Authority.Kind) -> None:
    Authority.objects.get_or_create(name=name, defaults={"kind": kind, "valid_from": SINCE})


def _person(person: Person) -> None:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = people.enter(email=person.email, name=person.name, title=person.title, phone=person.phone)
        user.set_password(PASSWORD)
        user.save()
    given = RoleAssignment.objects.filter(user=user, role=person.role, unit=unit(person.unit))
    if not given.exists():
        people.give_role(user, role=person.role, unit=unit(person.unit), by=None, secrecy=person.secrecy)


def _adopt(key: str, officer: User) -> PolicyVersion:
    """Adopt the shipped policy, as a new version where it held before; answer what holds."""
    wanted = policies_in_force.load(shipped()[key], by=officer)
    current = PolicyVersion.objects.current()
    if current and (current.key, current.sha256) == (wanted.key, wanted.sha256):
        return current
    fresh = policies_in_force.readopt(wanted)
    return policies_in_force.adopt(fresh, by=officer, decision=DECISION)
