"""The kernel's rows that only its own tests make by hand."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from governance import clock
from governance.models import Finding, Notice
from tests.factories import UserFactory, root


class FindingFactory(DjangoModelFactory):
    """What a rule said; in order unless a trait says otherwise."""

    rule = "OVER-1"
    subject_type = "accounts.account"
    subject_id = factory.Sequence(lambda n: n)
    unit = factory.LazyFunction(lambda: root())
    text = factory.Sequence(lambda n: f"Dagens uppsikt av konto {n} är inte loggad")
    clause = "Lekeberg 5.2"
    basis = "policy"
    strength = "ska"
    url = "/policy/"
    evaluated_at = factory.LazyFunction(clock.now)

    class Meta:
        model = Finding
        skip_postgeneration_save = True

    class Params:
        late = factory.Trait(
            due_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=2)),
            breached_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=1)),
        )
        due = factory.Trait(
            due_at=factory.LazyFunction(lambda: clock.now() - timedelta(hours=1)),
            breached_at=factory.LazyFunction(lambda: clock.now() + timedelta(days=1)),
        )

    @factory.post_generation
    def responsible(self, create, people, **kwargs) -> None:
        """Name who must act."""
        if people:
            self.responsible.set(people)


class NoticeFactory(DjangoModelFactory):
    """One thing one person was told."""

    key = factory.Sequence(lambda n: f"notice-{n}")
    kind = "round.missed"
    user = factory.SubFactory(UserFactory)
    subject = factory.Sequence(lambda n: f"Uppsikten är inte loggad ({n})")
    body = "Logga den nu."
    url = "/"
    created_at = factory.LazyFunction(clock.now)
    next_try_at = factory.LazyFunction(clock.now)

    class Meta:
        model = Notice
