"""The PDF of a plan that was approved: made once, kept, and the same bytes ever after, so that it can be checked."""

import hashlib
import json

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.models import ActivityPlan, PrintedPlan, Signature
from accounts.plans import document, plan_page
from accounts.signatures import delegation, signature_blocks
from governance import audit, clock, files, pdf
from governance.models import User

FOLDER = "planer"
PAPER = "accounts/plan_print.html"


def is_kept(plan: ActivityPlan) -> bool:
    """Answer whether the plan's PDF is one that is kept: that of a version which is, or was, in force."""
    return plan.status in delegation.DECIDED


@transaction.atomic
def kept(plan: ActivityPlan) -> PrintedPlan:
    """Answer the kept PDF of a plan that was approved, made now where there is none yet; one at a time.

    Raises `PdfUnavailable` where the system cannot make a PDF, `ValueError` for a plan that was never approved.
    """
    locked = ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    sealed = locked.sealed
    if sealed is None or not is_kept(locked):
        raise ValueError("only a plan that was approved is kept")
    last = sealed.prints.first()
    now = _state(locked)
    if last is not None and last.state == now:
        return last
    edition = last.edition + 1 if last else 1
    stored = files.keep(FOLDER, render(locked))
    made = PrintedPlan.objects.create(
        sealed=sealed,
        edition=edition,
        state=now,
        sha256=stored.sha256,
        size=stored.size,
        file=stored.name,
        made_at=clock.now(),
    )
    audit.record("activityplan.print", by=None, obj=locked, data={"edition": edition, "sha256": stored.sha256})
    return made


def content(printed: PrintedPlan) -> bytes:
    """Answer the bytes of a kept PDF. Raises `ValueError` where they are no longer what was kept."""
    return files.read(printed.file, printed.sha256)


def render(plan: ActivityPlan) -> bytes:
    """Answer the plan as PDF/A in the form of its policy, in the product's own language, whoever asks."""
    with override(settings.LANGUAGE_CODE):
        context = {
            "plan": plan,
            "document": document.of(plan),
            "blocks": signature_blocks.of(plan),
            "copy_to": plan_page.copy_to(plan),
            "check_at": f"{settings.BASE_URL}{reverse('accounts:plan-check')}",
        }
        return pdf.render(PAPER, context, title=str(plan))


def _state(plan: ActivityPlan) -> str:
    """Answer what an edition depends on beside the seal: the decisions' numbers, and whose identity is protected."""
    signers = Signature.objects.filter(sealed__plan=plan).values("user")
    named = plan.duties.values("person")
    hidden = User.objects.filter(protected_identity=True).filter(pk__in=signers) | User.objects.filter(
        protected_identity=True
    ).filter(pk__in=named)
    said = {
        "numbers": {key: row.number for key, row in sorted(delegation.entered(plan).items())},
        "protected": sorted(hidden.values_list("pk", flat=True)),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
