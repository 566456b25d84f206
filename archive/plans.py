"""A signed plan as a record: the paper, exactly what was signed, and the signatures over it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts import document, signature_blocks
from accounts.models import ActivityPlan, SealedPlan
from archive import actions, store
from archive.models import Record
from governance import pdf

PDF_NAME = "aktivitetsplan.pdf"
PAPER = "accounts/plan_print.html"  # the same paper as the plan's own page prints


def keep(plan: ActivityPlan) -> Record:
    """Make the record of an approved plan. Raises `PdfUnavailable` where the system cannot make a PDF."""
    sealed = plan.sealed
    if sealed is None or plan.approved_at is None:
        raise ValueError("only a plan in force is kept")
    files = store.put_all(items(plan, sealed))
    return actions.keep(
        kind=Record.Kind.PLAN,
        title=str(plan),
        source=plan,
        account=plan.account,
        unit=plan.unit,
        authority=plan.unit.authority,
        origin=Record.Origin.DRAWN_UP,
        made_at=plan.approved_at,
        facts=facts(plan, sealed),
        files=files,
    )


def items(plan: ActivityPlan, sealed: SealedPlan) -> list[store.Item]:
    """Answer the files; the content is byte for byte what each signature's SHA-256 was taken over."""
    signatures = json.dumps(_signatures(sealed), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return [
        store.Item(PDF_NAME, "application/pdf", "Planen med underskrifter", paper(plan)),
        store.Item("innehall.json", "application/json", "Exakt det som undertecknades", sealed.content.encode()),
        store.Item("underskrifter.json", "application/json", "Underskrifterna", signatures.encode()),
    ]


def paper(plan: ActivityPlan) -> bytes:
    """Answer the plan as PDF/A, in the form of the policy, with its signatures."""
    context = {"plan": plan, "document": document.of(plan), "blocks": signature_blocks.of(plan)}
    return pdf.render(PAPER, context, title=str(plan))


def facts(plan: ActivityPlan, sealed: SealedPlan) -> dict[str, Any]:
    """Answer what is known of the plan, for the record."""
    return {
        "version": plan.version,
        "signed_sha256": sealed.digest,
        "signatures": _signatures(sealed),
        "policy": {"title": plan.policy_version.title, "number": plan.policy_version.number, "clause": ""},
        "account": {"name": plan.account.name, "platform": plan.account.platform.name},
    }


def _signatures(sealed: SealedPlan) -> list[dict[str, Any]]:
    return [
        {
            "name": signature.name,
            "capacity": signature.capacity,
            "statement": signature.statement,
            "signed_at": signature.signed_at.isoformat(),
            "sha256": sealed.digest,
        }
        for signature in sealed.signatures.all()
    ]
