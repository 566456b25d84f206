"""What is put right in a signed plan without a new signature: how people are reached, and spelling (R-PLAN-11)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ActivityPlan, Duty
from accounts.plans import content, points
from governance import audit
from governance.models import User
from governance.workflow import Refused, perform

Ways = dict[int, tuple[str, str]]  # duty -> e-mail, telephone


@dataclass(frozen=True)
class Reached:
    """Somebody who is reached otherwise than the signed plan says."""

    title: str
    name: str
    email: str
    phone: str


@transaction.atomic
def contacts(plan: ActivityPlan, *, by: User, ways: Ways) -> int:
    """Put right how those named in the version in force are reached; answer for how many.

    The same person in the same duty of a version that is being written is reached likewise, unless it says otherwise.
    """
    locked = ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.status != ActivityPlan.Status.APPROVED:
        raise Refused(_("Kontaktuppgifter rättas i den plan som gäller."))
    changed = [duty for duty in locked.duties.select_related("person") if ways.get(duty.pk, _ways(duty)) != _ways(duty)]
    for duty in changed:
        email, phone = ways[duty.pk]
        coming = Duty.objects.filter(
            account=duty.account_id, plan__in=locked.account.plans.open(), person=duty.person_id, kind=duty.kind
        )
        coming.filter(email=duty.email, phone=duty.phone).update(email=email, phone=phone)
        duty.email, duty.phone = email, phone
        duty.save(update_fields=["email", "phone"])
    if changed:
        said = "; ".join(f"{duty.person}: {', '.join(filter(None, _ways(duty)))}" for duty in changed)
        audit.record("activityplan.correct_contacts", by=by, obj=locked, personal={"contacts": said})
    return len(changed)


def reached_otherwise(plan: ActivityPlan) -> list[Reached]:
    """Answer those whose contact details were put right after the plan was sealed."""
    return list(_otherwise(plan)) if plan.status == ActivityPlan.Status.APPROVED else []


def publish(plan: ActivityPlan, *, by: User, reason: str) -> ActivityPlan:
    """Bring a draft that only puts spelling right into force, on the signatures of the version it corrects."""
    return perform(plan, "publish_correction", by=by, reason=reason)


def _otherwise(plan: ActivityPlan) -> Iterator[Reached]:
    signed = {
        (duty["person"], duty["kind"]): (duty["email"], duty["phone"]) for duty in content.current(plan)["duties"]
    }
    for duty in plan.duties.select_related("person").order_by("pk"):
        if signed.get((duty.person_id, duty.kind), _ways(duty)) != _ways(duty):
            yield Reached(points.title_of(duty.kind, plan.rules), duty.person.name, duty.email, duty.phone)


def _ways(duty: Duty) -> tuple[str, str]:
    return duty.email, duty.phone
