"""Saving the draft of a plan: whole or in part, and never over what somebody else saved meanwhile."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import duties
from accounts.models import ActivityPlan, Duty, Goal
from accounts.models.plan import ASSESSED
from accounts.plans.spelling import is_spelling
from governance import audit, clock, rules
from governance.models import AuditEvent, User
from governance.workflow import Refused

Named = list[tuple[User, str, str]]  # person, e-mail and phone as the plan gives them
# One sitting is one event in the log, however often it was saved by itself.
SITTING = timedelta(minutes=30)
DRAFT = "activityplan.draft"


@dataclass(frozen=True)
class GoalRow:
    """A goal as it was written; `series` ties it to the same goal as it was before."""

    text: str
    measure: str = ""
    target: str = ""
    follow_up_on: date | None = None
    series: uuid.UUID = field(default_factory=uuid.uuid4)


class Conflict(Refused):
    """Somebody saved after the writer began; says who and when, and which revision it is now."""

    def __init__(self, plan: ActivityPlan, reader: User) -> None:
        """Say it to `reader`, who may be the same person in another window."""
        self.plan, self.by, self.at = plan, plan.saved_by, plan.saved_at
        self.own = plan.saved_by == reader
        super().__init__(_sentence(plan, reader, plan.saved_at))


@transaction.atomic
def save(
    plan: ActivityPlan,
    *,
    by: User,
    fields: Mapping[str, Any],
    people: Mapping[str, Named],
    goals: Iterable[GoalRow] | None = None,
    revision: int | None = None,
    by_itself: bool = False,
) -> ActivityPlan:
    """Save what was written in a draft: its points, who is named for each duty given, and its goals where given.

    Raises `Conflict` where the draft is no longer at `revision`, `Refused` where it is no draft any more. What is saved
    `by_itself` while one writes is one event in the log for each sitting.
    """
    locked = ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.status != ActivityPlan.Status.DRAFT:
        raise Refused(_("Planen är lämnad och kan inte ändras. Ta tillbaka den först."))
    if revision is not None and revision != locked.revision:
        raise Conflict(locked, by)
    for name, value in _with_assessors(locked, fields, by).items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.saved_by, locked.saved_at = by, clock.now()
    locked.save()
    for kind, named in people.items():
        _name(locked, kind, named)
    if goals is not None:
        _write(locked, list(goals))
    duties.project(locked.account)
    _tell(locked, by, by_itself)
    return locked


def _with_assessors(plan: ActivityPlan, fields: Mapping[str, Any], by: User) -> dict[str, Any]:
    """Answer the fields, with the writer and today where an assessment is another and nobody else was named for it.

    A spelling put right is no new assessment; one that is taken away was made by nobody (R-PLAN-5, R-PLAN-6).
    """
    found = dict(fields)
    for name in ASSESSED:
        if name not in found:
            continue
        text, who, day = found[name].strip(), f"{name}_by", f"{name}_on"
        untouched = all(found.get(key, getattr(plan, key)) == getattr(plan, key) for key in (who, day))
        if not text:
            found |= {who: None, day: None}
        elif untouched and not is_spelling(getattr(plan, name), text):
            found |= {who: by, day: clock.today()}
        else:
            found |= {who: found.get(who, getattr(plan, who)) or by, day: found.get(day) or clock.today()}
    return found


def _name(plan: ActivityPlan, kind: str, named: Named) -> None:
    """Name these people for a duty, in this order; what is known of somebody who is named again stays."""
    before = {duty.person_id: duty for duty in plan.duties.filter(kind=kind).order_by("pk")}
    said = [(duty.person_id, duty.email, duty.phone) for duty in before.values()]
    if said == [(person.pk, email, phone) for person, email, phone in named]:
        return
    plan.duties.filter(kind=kind).delete()
    Duty.objects.bulk_create(
        Duty(
            account=plan.account,
            plan=plan,
            person=person,
            kind=kind,
            email=email,
            phone=phone,
            skill_on=before[person.pk].skill_on if person.pk in before else None,
            skill_by_id=before[person.pk].skill_by_id if person.pk in before else None,
        )
        for person, email, phone in named
    )


def _write(plan: ActivityPlan, goals: list[GoalRow]) -> None:
    rows = [(goal.series, goal.text, goal.measure, goal.target, goal.follow_up_on) for goal in goals]
    columns = ("series", "text", "measure", "target", "follow_up_on")
    if rows == list(plan.goals.order_by("pk").values_list(*columns)):
        return
    plan.goals.all().delete()
    Goal.objects.bulk_create(Goal(plan=plan, **dict(zip(columns, row, strict=True))) for row in rows)


def _tell(plan: ActivityPlan, by: User, by_itself: bool) -> None:
    if by_itself and _sits(plan, by):
        rules.evaluate(plan)  # what the event would have led to
        return
    audit.record(DRAFT, by=by, obj=plan)


def _sits(plan: ActivityPlan, by: User) -> bool:
    """Answer whether the latest event of the plan is this person's draft, a short while ago."""
    last = AuditEvent.objects.filter(object_type=plan._meta.label_lower, object_id=plan.pk).order_by("-pk").first()
    return bool(last and last.action == DRAFT and last.actor_id == by.pk and last.at > clock.now() - SITTING)


def _sentence(plan: ActivityPlan, reader: User, at: datetime | None) -> str:
    when = clock.local(at).strftime("%H.%M") if at else ""
    if plan.saved_by == reader:
        return _("Du sparade själv planen klockan %(time)s i ett annat fönster.") % {"time": when}
    return _("%(name)s sparade planen klockan %(time)s, efter att du öppnade den.") % {
        "name": plan.saved_by,
        "time": when,
    }
