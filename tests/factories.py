"""The kernel's things, whose traits are states of the domain."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from governance import policies_in_force
from governance.models import Authority, PolicyVersion, RoleAssignment, Unit, User
from governance.policy.reader import shipped

LONG_AGO = date(2020, 1, 1)


class AuthorityFactory(DjangoModelFactory):
    """A board."""

    name = factory.Sequence(lambda n: f"Nämnden {n}")
    valid_from = LONG_AGO

    class Meta:
        model = Authority


class UnitFactory(DjangoModelFactory):
    """A unit below the municipality, which is made when first needed."""

    name = factory.Sequence(lambda n: f"Enheten {n}")
    authority = factory.SubFactory(AuthorityFactory)
    parent = factory.LazyFunction(lambda: root())
    valid_from = LONG_AGO

    class Meta:
        model = Unit


class UserFactory(DjangoModelFactory):
    """A person who can sign in with the password "hemligt"."""

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@kommun.example")
    title = "Handläggare"
    phone = "0500-10 00 00"
    password = factory.django.Password("hemligt")

    class Meta:
        model = User


class RoleFactory(DjangoModelFactory):
    """A role on a unit."""

    user = factory.SubFactory(UserFactory)
    role = "communications_officer"
    unit = factory.LazyFunction(lambda: root())
    valid_from = LONG_AGO

    class Meta:
        model = RoleAssignment


def root() -> Unit:
    """Answer the municipality itself, made when first needed."""
    found = Unit.objects.filter(parent=None).first()
    return found or UnitFactory(name="Kommunen", parent=None)


def person(role: str, unit: Unit | None = None, **fields) -> User:
    """Answer a new person with one role."""
    return RoleFactory(role=role, unit=unit or root(), user=UserFactory(**fields)).user


def adopted(key: str = "lekeberg") -> PolicyVersion:
    """Answer a shipped policy, adopted."""
    version = policies_in_force.readopt(policies_in_force.load(shipped()[key]))
    return policies_in_force.adopt(version, by=person("communications_officer"), decision="KS § 1")
