"""Decisions that wait: plans of accounts, changes, proposals without a plan; since when, and for whom.

For whom is read from the findings, like everything else that says who must act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.life.life_rules import LONG_WAIT
from accounts.models import Account, AccountChange, ActivityPlan
from governance import access, audit, clock, notices
from governance.models import Finding, User

PLAN, CHANGE, ACCOUNT = "plan", "andring", "konto"
MODELS: dict[str, Any] = {PLAN: ActivityPlan, CHANGE: AccountChange, ACCOUNT: Account}
SEEN_BY = {PLAN: "see_plan", CHANGE: "see_account", ACCOUNT: "see_account"}


@dataclass(frozen=True)
class Waiting:
    """One decision that waits."""

    kind: str
    obj: Any
    since: datetime
    who: list[User]
    url: str
    long: bool

    @property
    def account(self) -> Account:
        """Answer the account it is about."""
        found: Account = self.obj if self.kind == ACCOUNT else self.obj.account
        return found


def rows(user: User, *, only_long: bool, at: datetime) -> QuerySet[Any, Any]:
    """Answer (kind, pk, since) of what the reader sees, the longest wait first; one query, whatever there is."""
    found = [_narrow(_of(kind, user), only_long, at) for kind in MODELS]
    return found[0].union(*found[1:], all=True).order_by("since", "sort", "row")


def count_long(user: User) -> int:
    """Answer how many have waited so long that they stand in a list of their own."""
    return rows(user, only_long=True, at=clock.now()).count()


def made_ready(page: Iterable[dict[str, Any]], at: datetime) -> list[Waiting]:
    """Answer the rows of one page with what they are about and for whom they wait: as many queries for all."""
    page = list(page)
    objects = {kind: _objects(kind, [each["row"] for each in page if each["sort"] == kind]) for kind in MODELS}
    who = {kind: _responsible(kind, list(objects[kind])) for kind in MODELS}
    return [
        Waiting(
            kind := each["sort"],
            obj := objects[kind][each["row"]],
            each["since"],
            who[kind].get(obj.pk, []),
            obj.get_absolute_url(),
            each["since"] <= at - LONG_WAIT,
        )
        for each in page
        if each["row"] in objects[each["sort"]]
    ]


@transaction.atomic
def remind(kind: str, pk: int, *, by: User) -> int:
    """Remind everybody for whom a decision waits; answer how many were told, nobody twice on the same day."""
    found = made_ready(list(_of(kind, by).filter(pk=pk)), clock.now())
    if not found:
        return 0
    [waiting] = found
    subject = _("Påminnelse: %(account)s väntar på ditt beslut") % {"account": waiting.account}
    body = _("%(name)s påminner om det som väntar på dig sedan %(day)s.")
    body = body % {"name": by.name, "day": clock.local(waiting.since).strftime("%Y-%m-%d")}
    told = sum(_send(kind, waiting, user, subject, body) for user in waiting.who if user != by)
    if told:
        audit.record("account.remind", by=by, obj=waiting.obj, data={"count": told})
    return told


def _send(kind: str, waiting: Waiting, user: User, subject: str, body: str) -> bool:
    key = f"remind:{kind}:{waiting.obj.pk}:{user.pk}:{clock.today():%Y-%m-%d}"
    seen = access.can(user, SEEN_BY[kind], waiting.obj)
    url = waiting.url if seen else reverse("governance:start-show")
    return notices.send("pending", to=user, key=key, subject=subject, body=body, url=url)


def _of(kind: str, user: User) -> QuerySet[Any, Any]:
    since: Any = F("proposed_at")
    found: QuerySet[Any, Any] = Account.objects.filter(status="proposed", plans=None)
    if kind == PLAN:
        found = ActivityPlan.objects.filter(status__in=["draft", "signing"])
        since = Coalesce("submitted_at", "created_at")
    elif kind == CHANGE:
        found, since = AccountChange.objects.filter(status="waiting"), F("made_at")
    seen = access.visible(user, found, SEEN_BY[kind]).order_by()
    named = seen.annotate(sort=Value(kind, output_field=CharField()), row=F("pk"))
    return named.annotate(since=Coalesce(since, since, output_field=DateTimeField())).values("sort", "row", "since")


def _narrow(found: QuerySet[Any, Any], only_long: bool, at: datetime) -> QuerySet[Any, Any]:
    return found.filter(since__lte=at - LONG_WAIT) if only_long else found


def _objects(kind: str, keys: list[int]) -> dict[int, Any]:
    related = {
        PLAN: ("account__platform", "account__unit", "policy_version", "unit"),
        CHANGE: ("account__platform", "account__unit", "made_by", "unit"),
        ACCOUNT: ("platform", "unit"),
    }
    return MODELS[kind]._default_manager.select_related(*related[kind]).in_bulk(keys) if keys else {}


def _responsible(kind: str, keys: list[int]) -> dict[int, list[User]]:
    label, at = MODELS[kind]._meta.label_lower, clock.now()
    found = Finding.objects.filter(subject_type=label, subject_id__in=keys).open(at).prefetch_related("responsible")
    named: dict[int, list[User]] = {}
    for finding in found:
        known = named.setdefault(finding.subject_id, [])
        known += [user for user in finding.responsible.all() if user not in known]
    return named
