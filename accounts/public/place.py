"""The municipality as the public pages name it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.models import Municipality, PolicyVersion, Unit


@dataclass(frozen=True)
class Place:
    """Whose accounts these are: its name, its website (an address, or empty) and where to write (or empty)."""

    name: str
    website: str
    email: str


def place() -> Place:
    """Answer the municipality: what it says of itself, else its policy and the unit above all others."""
    said = Municipality.objects.current()
    if said.name and said.website and said.email:
        return Place(said.name, said.website, said.email)
    version = PolicyVersion.objects.current()
    root = Unit.objects.filter(parent=None).first()
    name = said.name or (version.municipality if version else root.name if root else _("Kommunen"))
    website = said.website or _address(version.policy.municipality.website if version else None)
    return Place(name, website, said.email or (root.email if root else ""))


def _address(website: str | None) -> str:
    return website if website and "://" in website else f"https://{website}" if website else ""
