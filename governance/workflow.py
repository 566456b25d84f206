"""The only way a status changes: a literal table per model, and one door through which every step goes.

A model declares `lifecycle = Lifecycle("status", Step(...), ...)` at its head. The same table makes the database refuse
any other edge. Guards and effects are named by dotted path, so that the table can stand beside the fields and the verbs
in `actions.py`; a system check resolves them at start.
"""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import pgtrigger
from django.apps import apps
from django.core.checks import Error, register
from django.db import models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from governance import access, audit

M = TypeVar("M", bound=models.Model)
SYSTEM = ""  # the permission of a step that no person takes


class Refused(Exception):
    """A step that cannot be taken now; the message is for the person who tried, in Swedish."""


@dataclass(frozen=True)
class Step:
    """One edge of a lifecycle.

    `permission` is what `by` needs on the object (`SYSTEM`: only the application takes it). `other_than` names
    attributes that hold people who may not take it themselves. `guard(obj, by)` raises `Refused`; `effect(obj, by,
    reason)` sets further fields and makes rows in the same transaction.
    """

    name: str
    source: Iterable[str]
    target: str
    label: Any  # a lazily translated text
    permission: str
    asks_reason: bool = False
    other_than: tuple[str, ...] = ()
    guard: str | None = None
    effect: str | None = None
    color: str = ""
    button: bool = True  # False: taken by a verb of its own, with a page of its own


@dataclass(frozen=True)
class Lifecycle:
    """The table of a model's steps over its status field."""

    field: str
    steps: dict[str, Step] = dataclasses.field(default_factory=dict)

    def __init__(self, field: str, *steps: Step) -> None:
        """Check the table: names are unique and no step leads nowhere."""
        names = [step.name for step in steps]
        if len(set(names)) != len(names):
            raise ValueError(f"a step is named twice: {names}")
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "steps", {step.name: step for step in steps})

    def edges(self) -> list[tuple[str, str]]:
        """Answer every (from, to) that the table allows."""
        pairs = {(str(source), str(step.target)) for step in self.steps.values() for source in step.source}
        return sorted(pair for pair in pairs if pair[0] != pair[1])

    def triggers(self, prefix: str) -> list[pgtrigger.Trigger]:
        """Answer the database trigger that refuses every other edge."""
        return [pgtrigger.FSM(name=f"{prefix}_{self.field}_fsm", field=self.field, transitions=self.edges())]


# Guards that a higher app sets on a lower app's step, by name: {(model label, step): {name: guard}}.
_guards: dict[tuple[str, str], dict[str, Callable[[Any, Any], None]]] = {}


def add_guard(model_label: str, step: str, name: str, guard: Callable[[Any, Any], None]) -> None:
    """Set a further guard on a step of a lower app; registered from the higher app's `guards.py`."""
    _guards.setdefault((model_label, step), {})[name] = guard


def registered_guards() -> dict[tuple[str, str], list[str]]:
    """Answer the names of the guards that apps have set on other apps' steps, by model label and step."""
    return {step: sorted(guards) for step, guards in _guards.items()}


def available(obj: models.Model, user) -> list[Step]:
    """Answer the steps that have a button for `user` on `obj` now; a guard may still refuse one, with its reason."""
    lifecycle = lifecycle_of(type(obj))
    status = getattr(obj, lifecycle.field)
    return [s for s in lifecycle.steps.values() if s.button and status in s.source and _may(s, obj, user)]


def perform(obj: M, name: str, *, by, reason: str = "", data: dict | None = None) -> M:
    """Take the step `name` on `obj` and answer the object as it now is.

    Raises `Refused` where the step cannot be taken, `PermissionDenied` where `by` may not take it. One transaction:
    lock, check, change, save, audit; what follows is owed by follow-ups written in the same transaction.
    """
    lifecycle = lifecycle_of(type(obj))
    step = lifecycle.steps[name]
    with transaction.atomic():
        locked = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
        before = getattr(locked, lifecycle.field)
        if not _may(step, locked, by):
            raise access.PermissionDenied
        if before not in step.source:
            raise Refused(_("Det går inte nu: läget är ”%(status)s”.") % {"status": _display(locked, lifecycle)})
        if step.asks_reason and by is not None and not reason.strip():
            raise Refused(_("Skriv en motivering."))
        for guard in _all_guards(locked, step):
            guard(locked, by)
        setattr(locked, lifecycle.field, step.target)
        if step.effect:
            import_string(step.effect)(locked, by, reason)
        locked.save()
        audit.record(
            action_name(type(obj), name),
            by=by,
            obj=locked,
            data={"from": str(before), "to": str(step.target), **(data or {})},
            personal={"reason": reason} if reason else None,
        )
    obj.refresh_from_db()
    return obj


def action_name(model: type[models.Model], step: str) -> str:
    """Answer the audit action of a step, as in "activityplan.submit"."""
    return f"{model._meta.model_name}.{step}"


def lifecycle_of(model: type[models.Model]) -> Lifecycle:
    """Answer the model's table; a model without one has no steps to take."""
    return model.lifecycle  # type: ignore[attr-defined]


def models_with_lifecycle() -> list[type[models.Model]]:
    """Answer every model that has a table."""
    return [model for model in apps.get_models() if isinstance(getattr(model, "lifecycle", None), Lifecycle)]


def _may(step: Step, obj: models.Model, by) -> bool:
    if step.permission == SYSTEM:
        return by is None
    if by is None or any(getattr(obj, name) == by for name in step.other_than):
        return False
    return access.can(by, step.permission, obj)


def _all_guards(obj: models.Model, step: Step) -> list[Callable[[Any, Any], None]]:
    own = [import_string(step.guard)] if step.guard else []
    return own + list(_guards.get((obj._meta.label, step.name), {}).values())


def _display(obj: models.Model, lifecycle: Lifecycle) -> str:
    return str(getattr(obj, f"get_{lifecycle.field}_display")())


@register()
def check_lifecycles(app_configs, **kwargs) -> list[Error]:
    """Check at start that every guard and effect exists and every action has its sentence."""
    problems = []
    for model in models_with_lifecycle():
        for step in lifecycle_of(model).steps.values():
            problems += [
                Error(f"{model._meta.label}.{step.name}: {path} cannot be imported", id="uppsikt.E001")
                for path in (step.guard, step.effect)
                if path and not _importable(path)
            ]
            if action_name(model, step.name) not in audit.sentences:
                problems.append(Error(f"{model._meta.label}.{step.name}: no audit sentence", id="uppsikt.E002"))
    return problems


def _importable(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True
