"""Who may do what with which object: one query answers it for one object and for a whole list.

An object is reached through its unit (a role on that unit or above) or through its account (a duty on it, projected to
guardian's rows). A model says how: `ACCESS_UNIT` (default "unit"), `ACCESS_ACCOUNT` (default "account" where the model
has that field; "pk" on the account itself), `ACCESS_SEE` (the permission to see it at all),
`ACCESS_ALSO` (a further unit through which it is reached, where it keeps the one it was made under).

What belongs to no unit (`ACCESS_UNIT = None`: a policy, a campaign) concerns everybody: whoever holds the permission to
see it anywhere sees it, and whatever else is done with it takes a role on the municipality itself. So does a row whose
unit is only noted as a number (the log, which outlives its units) where it names none.
guardian is imported here and beside its permission models in `accounts`, nowhere else.
"""

from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404
from guardian.utils import get_user_obj_perms_model

from governance import clock
from governance.models.organisation import Unit
from governance.models.people import RoleAssignment, RoleAssignmentQuerySet, User
from governance.permissions import ACCOUNT_PERMISSIONS, PERMISSIONS, ROLES

__all__ = [
    "PermissionDenied",
    "account_model",
    "account_of",
    "can",
    "get_or_deny",
    "held",
    "holders",
    "holds",
    "holds_for_all",
    "may_see_secret",
    "project",
    "reach",
    "under",
    "unit_of",
    "visible",
]

M = TypeVar("M", bound=models.Model)
NOTED_UNIT = "unit_id"  # a plain number, kept by what outlives its unit


def held(user: User | AnonymousUser) -> frozenset[str]:
    """Answer every permission that `user` holds somewhere, through a role or a duty; two queries, whatever is held."""
    if not user.is_authenticated:
        return frozenset()
    roles = RoleAssignment.objects.in_force(clock.today()).filter(user=user).values_list("role", flat=True)
    duties = get_user_obj_perms_model(account_model()).objects.filter(user=user, user__is_active=True)
    by_duty = duties.values_list("permission__codename", flat=True).distinct()
    return frozenset().union(*(ROLES[role] for role in roles), by_duty)


def holds(user: User | AnonymousUser, permission: str) -> bool:
    """Answer whether `user` holds `permission` through a role anywhere, or through a duty on any account."""
    return _known(permission) in held(user)


def holds_for_all(user: User | AnonymousUser, permission: str) -> bool:
    """Answer whether `user` holds `permission` for the whole municipality: through a role on the root of its units."""
    return user.is_authenticated and _roles(user, _known(permission)).filter(unit__parent=None).exists()


def can(user: User | AnonymousUser | None, permission: str, obj: models.Model) -> bool:
    """Answer whether `user` may do `permission` with this object."""
    if user is None or not user.is_authenticated:
        return False
    return visible(user, type(obj)._default_manager.filter(pk=obj.pk), permission).exists()


def visible(user: User | AnonymousUser, queryset: QuerySet[M], permission: str) -> QuerySet[M]:
    """Answer the part of `queryset` with which `user` may do `permission`."""
    if not user.is_authenticated:
        return queryset.none()
    return queryset.filter(reach(user, queryset.model, permission))


def reach(user: User, model: type[models.Model], permission: str) -> Q:
    """Say of a row of `model` that `user` may do `permission` with it; for joining with another condition."""
    return _reach(user, _known(permission), model)


def get_or_deny(user: User | AnonymousUser, queryset: QuerySet[M], act: str | None = None, **lookup: Any) -> M:
    """Answer one object: 404 where `user` may not see it (or there is none), 403 where it may not be acted on."""
    see = getattr(queryset.model, "ACCESS_SEE")  # noqa: B009 - every protected model declares it
    found = visible(user, queryset, see).filter(**lookup).first()
    if found is None:
        raise Http404
    if act is not None and not can(user, act, found):
        raise PermissionDenied
    return found


def may_see_secret(user: User | AnonymousUser, obj: models.Model) -> bool:
    """Answer whether `user` passes the second gate: a role on the object's unit or above with secrecy."""
    if not user.is_authenticated:
        return False
    roles = RoleAssignment.objects.in_force(clock.today()).filter(user=user, secrecy=True)
    return roles.covering(obj.unit).exists()  # type: ignore[attr-defined]


def holders(permission: str, obj: models.Model) -> list[User]:
    """Answer the people who hold `permission` through a duty on the object's account, in Swedish order."""
    account = account_of(obj)
    if account is None:
        return []
    rows = get_user_obj_perms_model(type(account)).objects.filter(
        content_object=account, permission__codename=_known(permission), user__is_active=True
    )
    return list(User.objects.filter(pk__in=rows.values("user")))


def project(account: models.Model, held: dict[User, frozenset[str]]) -> None:
    """Make guardian's rows of one account say exactly what `held` says; called in the transaction of the duties."""
    model = get_user_obj_perms_model(type(account))
    wanted = {(user.pk, name) for user, names in held.items() for name in names}
    rows = model.objects.filter(content_object=account).select_related("permission")
    present = {(row.user_id, row.permission.codename): row.pk for row in rows}
    model.objects.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
    people = {user.pk: user for user in held}
    for user_id, name in sorted(wanted - present.keys()):
        model.objects.assign_perm(name, people[user_id], account)


def account_of(obj: models.Model) -> Any:
    """Answer the account that the object is, or belongs to, or None."""
    path = _account_path(type(obj))
    if path is None:
        return None
    return obj if path == "pk" else getattr(obj, path)


def unit_of(obj: models.Model) -> Any:
    """Answer the unit that the object belongs to; a unit belongs to itself."""
    path = _unit_path(type(obj))
    return obj if path == "pk" else getattr(obj, path or "unit")


def under(queryset: QuerySet[M], unit: Unit) -> QuerySet[M]:
    """Answer the part of `queryset` that belongs to `unit` or to a unit below it."""
    own = _unit_path(queryset.model)
    return queryset.filter(**{f"{own}__in": Unit.objects.under(unit).values("pk")}) if own else queryset.none()


def account_model() -> type[models.Model]:
    """Answer the model of the account, whose app stands above this one: the one reached by its own key."""
    return next(m for m in apps.get_models() if getattr(m, "ACCESS_ACCOUNT", None) == "pk")


def _reach(user: User, permission: str, model: type[models.Model]) -> Q:
    unit = _unit_path(model)
    if unit is None:
        return _reach_without_unit(user, permission, model)
    roles = _roles(user, permission)
    # The units and the accounts are looked up once for the whole list, not once for each of its rows.
    units = Unit.objects.filter(_above(roles)).values("pk")
    if unit == NOTED_UNIT:
        return Q(unit_id__in=units) | _for_all(roles)
    reached = Q(**{f"{unit}__in": units})
    if also := getattr(model, "ACCESS_ALSO", None):
        reached |= Q(**{f"{also}__in": units})
    account = _account_path(model)
    if account is not None and permission in ACCOUNT_PERMISSIONS:
        reached |= Q(**{f"{account}__in": _rows(user, permission).values("content_object")})
    return reached


def _reach_without_unit(user: User, permission: str, model: type[models.Model]) -> Q:
    roles = _roles(user, permission)
    if permission == getattr(model, "ACCESS_SEE", None):
        return Q(Exists(roles)) | Q(Exists(_rows(user, permission)))
    return _for_all(roles)


def _above(roles: RoleAssignmentQuerySet) -> Q:
    """Say of a unit that one of the roles is on it, or above it."""
    reached = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    return Q(Exists(roles.annotate(reached=reached).filter(reached__startswith=F("unit__path"))))


def _for_all(roles: RoleAssignmentQuerySet) -> Q:
    return Q(Exists(roles.filter(unit__parent=None)))


def _roles(user: User, permission: str) -> RoleAssignmentQuerySet:
    return RoleAssignment.objects.in_force(clock.today()).giving(permission).filter(user=user)


def _rows(user: User, permission: str) -> QuerySet[Any]:
    rows = get_user_obj_perms_model(account_model()).objects
    return rows.filter(user=user, user__is_active=True, permission__codename=permission)


def _unit_path(model: type[models.Model]) -> str | None:
    if any(f.name == NOTED_UNIT for f in model._meta.get_fields()):
        return NOTED_UNIT
    return getattr(model, "ACCESS_UNIT", "unit")


def _account_path(model: type[models.Model]) -> str | None:
    default = "account" if any(f.name == "account" for f in model._meta.get_fields()) else None
    return getattr(model, "ACCESS_ACCOUNT", default)


def _known(permission: str) -> str:
    if permission not in PERMISSIONS:
        raise ValueError(f"unknown permission: {permission}")
    return permission
