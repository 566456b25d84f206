"""The policy's rules as pure functions; what they find is kept as rows that everything else reads.

`@rule("OVER-1", Account)` marks a function of one object and the clock that yields verdicts. A verdict carries absolute
times, so that what is late *now* is a comparison in a query. Three triggers, one function (`evaluate`): an event, the
sweep over `next_change_at`, and the nightly run.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from governance import access, clock
from governance.models.log import AuditEvent
from governance.models.organisation import Unit
from governance.models.people import User
from governance.models.work import Finding

POLICY, DEFAULT, STATUTE = "policy", "default", "statute"
CHUNK = 200


@dataclass(frozen=True)
class Verdict:
    """What a rule says of an object: in order unless `due_at` or `breached_at` has come.

    `clause` is the source ("Lekeberg 5.2") where `basis` is "policy", else the product's default or the statute.
    """

    text: str
    clause: str
    url: str
    key: str = ""
    basis: str = POLICY
    strength: str = "ska"
    due_at: datetime | None = None
    breached_at: datetime | None = None
    who: list[User] = field(default_factory=list)


RuleFunction = Callable[[Any, datetime], Iterable[Verdict]]
_rules: dict[type[models.Model], dict[str, RuleFunction]] = {}


def rule(name: str, model: type[models.Model]) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule over a model, from an app's `rules.py`."""

    def keep(function: RuleFunction) -> RuleFunction:
        of_model = _rules.setdefault(model, {})
        if name in of_model:
            raise ValueError(f"two rules {name} over {model.__name__}")
        of_model[name] = function
        return function

    return keep


def evaluate(obj: models.Model) -> None:
    """Ask every rule about one object, and make its finding rows say exactly that."""
    at = clock.now()
    with transaction.atomic():
        subject = {"subject_type": obj._meta.label_lower, "subject_id": obj.pk}
        # One evaluation of an object at a time: two would both insert, or leave the older one's answer.
        type(obj)._default_manager.select_for_update(of=("self",)).filter(pk=obj.pk).first()
        kept = [
            _keep(name, verdict, obj, subject, at)
            for name, function in _rules.get(type(obj), {}).items()
            for verdict in function(obj, at)
        ]
        Finding.objects.filter(**subject).exclude(pk__in=kept).delete()


def touched(event: AuditEvent) -> set[tuple[str, int]]:
    """Answer what an event touched, as (model label, id): the object itself and the account it belongs to."""
    found = {(event.object_type, event.object_id)} if event.object_id else set()
    if event.account_id:
        found.add((access.account_model()._meta.label_lower, event.account_id))
    return found


def evaluate_each(subjects: Iterable[tuple[str, int]]) -> None:
    """Re-evaluate objects given as (model label, id), where they exist and some rule speaks of them."""
    for label, pk in subjects:
        model = apps.get_model(label)
        obj = model._default_manager.filter(pk=pk).first() if model in _rules else None
        if obj is not None:
            evaluate(obj)


def evaluate_under(unit: Unit) -> int:
    """Re-evaluate everything of a unit and of those below it, where who must act may have changed; answer how many."""
    count = 0
    for model in _rules:
        for obj in access.under(model._default_manager.order_by("pk"), unit).iterator(chunk_size=CHUNK):
            evaluate(obj)
            count += 1
    return count


def evaluate_due(at: datetime) -> int:
    """Re-evaluate the subjects whose findings have changed state with the clock; answer how many."""
    changed = Finding.objects.filter(next_change_at__lte=at).values_list("subject_type", "subject_id").distinct()
    count = 0
    for label, pk in list(changed):
        obj = apps.get_model(label)._default_manager.filter(pk=pk).first()
        if obj is None:
            Finding.objects.filter(subject_type=label, subject_id=pk).delete()
            continue
        evaluate(obj)
        count += 1
    return count


def evaluate_all() -> int:
    """Re-evaluate every object that has a rule; answer how many. The nightly safety net, and after a new policy."""
    count = 0
    for obj in subjects():
        evaluate(obj)
        count += 1
    return count


def subjects() -> Iterator[models.Model]:
    """Answer every object that some rule speaks of."""
    for model in _rules:
        yield from model._default_manager.order_by("pk").iterator(chunk_size=CHUNK)


def registered() -> dict[str, list[str]]:
    """Answer the names of all rules, by the label of the model they speak of."""
    return {model._meta.label: sorted(of_model) for model, of_model in _rules.items()}


def _keep(name: str, verdict: Verdict, obj: models.Model, subject: dict[str, Any], at: datetime) -> int:
    coming = [time for time in (verdict.due_at, verdict.breached_at) if time and time > at]
    account = access.account_of(obj)
    finding, _created = Finding.objects.update_or_create(
        rule=name,
        key=verdict.key,
        **subject,
        defaults={
            "unit": access.unit_of(obj),
            "account_id": account.pk if account else None,
            "text": verdict.text[:300],
            "clause": verdict.clause,
            "basis": verdict.basis,
            "strength": verdict.strength,
            "due_at": verdict.due_at,
            "breached_at": verdict.breached_at,
            "next_change_at": min(coming, default=None),
            "url": verdict.url,
            "evaluated_at": at,
        },
    )
    finding.responsible.set(verdict.who)
    return finding.pk
