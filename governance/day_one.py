"""The first day: a one-time code opens the house, the first officer enters the municipality, and the door closes."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from governance import audit, clock, organisation, people, policies_in_force
from governance.models import Authority, Municipality, SetupCode, Unit, User
from governance.permissions import COMMUNICATIONS_OFFICER
from governance.workflow import Refused

# Without signs that are mistaken for others when a code is read from one screen and typed on another.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, PER_GROUP = 5, 4  # twenty signs of five bits: out of reach of guessing
COMPANY = (" ab", " aktiebolag", "bolaget", " bolag")


@dataclass(frozen=True)
class Beginning:
    """What the first page asks for; `logo` is a picture of ours, `policy` the text of a policy file."""

    municipality: str
    authorities: Sequence[str]
    policy: str
    policy_name: str
    decision: str
    officer: str
    email: str
    password: str
    facts: dict[str, Any] = field(default_factory=dict)
    logo: "Logo | None" = None


@dataclass(frozen=True)
class Logo:
    """A picture that we have drawn anew: PNG, and its size in pixels."""

    content: bytes
    width: int
    height: int


def is_open() -> bool:
    """Answer whether the house waits for its first user."""
    return not User.objects.exists()


@transaction.atomic
def new_code() -> str | None:
    """Make the code that opens the house, in place of the one before; None where somebody is in already."""
    if not is_open():
        return None
    code = "-".join("".join(secrets.choice(SIGNS) for _sign in range(PER_GROUP)) for _group in range(GROUPS))
    SetupCode.objects.update_or_create(
        one=True, defaults={"digest": _digest(code), "made_at": clock.now(), "used_at": None}
    )
    return code


def fits(code: str) -> bool:
    """Answer whether this is the code, in a time that tells nothing of it."""
    known = SetupCode.objects.filter(used_at=None).first()
    return hmac.compare_digest(known.digest if known else _digest(""), _digest(code)) and bool(known)


@transaction.atomic
def begin(code: str, beginning: Beginning) -> User:
    """Enter the municipality, its policy and its first officer, all or nothing; answer the officer.

    Raises `Refused` where the code is not the one, or where somebody else was first.
    """
    locked = SetupCode.objects.select_for_update().first()
    if locked is None or not is_open():
        raise Refused(_("Uppsikt är redan taget i bruk. Logga in i stället."))
    if not fits(code):
        raise Refused(_("Koden stämmer inte."))
    root = people.found(beginning.municipality, board_name=beginning.authorities[0])
    officer = people.enter(email=beginning.email, name=beginning.officer)
    officer.set_password(beginning.password)
    officer.save(update_fields=["password"])
    people.give_role(officer, role=COMMUNICATIONS_OFFICER, unit=root, by=officer)
    for name in beginning.authorities[1:]:
        organisation.add_authority(by=officer, name=name, kind=kind_of(name))
    version = policies_in_force.take_in(beginning.policy, beginning.policy_name, by=officer)
    policies_in_force.adopt(version, by=officer, decision=beginning.decision)
    municipality = Municipality(name=beginning.municipality, **beginning.facts)
    _draw(municipality, beginning.logo)
    municipality.save()
    audit.record("municipality.found", by=officer, obj=municipality)
    locked.used_at = clock.now()
    locked.save(update_fields=["used_at"])
    return officer


@transaction.atomic
def change(*, by: User, logo: Logo | None = None, without_logo: bool = False, **facts: Any) -> Municipality:
    """Change what the municipality is called, looks like and is reached by; the root of the units has the same name."""
    municipality = Municipality.objects.locked().first() or Municipality()
    changed = sorted(name for name, value in facts.items() if getattr(municipality, name) != value)
    for name in changed:
        setattr(municipality, name, facts[name])
    if logo or without_logo:
        _draw(municipality, logo)
        changed.append("logo")
    if not changed:
        return municipality
    municipality.save()
    if "name" in changed:
        organisation.correct_unit(Unit.objects.root(), by=by, name=municipality.name)
    audit.record("municipality.change", by=by, obj=municipality, data={"fields": ", ".join(_labels(changed))})
    return municipality


def kind_of(authority: str) -> str:
    """Answer whether an authority of this name is a board or a municipal company."""
    named = authority.casefold()
    return Authority.Kind.COMPANY if named.endswith(COMPANY) else Authority.Kind.BOARD


def _draw(municipality: Municipality, logo: Logo | None) -> None:
    """Keep the picture under a name made of what is in it; the file before stays, for pages that are still cached."""
    municipality.logo, municipality.logo_width, municipality.logo_height = "", 0, 0
    if logo is not None:
        name = f"logotyp-{hashlib.sha256(logo.content).hexdigest()[:16]}.png"
        municipality.logo.save(name, ContentFile(logo.content), save=False)
        municipality.logo_width, municipality.logo_height = logo.width, logo.height


def _labels(names: Sequence[str]) -> list[str]:
    labels = {field.name: str(field.verbose_name).lower() for field in Municipality._meta.fields}
    return [labels[name] for name in names]


def _digest(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in SIGNS)
    return hashlib.sha256(plain.encode()).hexdigest()
