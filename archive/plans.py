"""A signed plan as a record: the paper, exactly what was signed, and the signatures over it."""

import json
from typing import Any

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import ActivityPlan, PrintedPlan, SealedPlan, Signature
from accounts.signatures import printing
from archive import keeping, store
from archive.disposing import remains
from archive.models import Record
from archive.models.record import ORIGINAL

PDF_NAME = "aktivitetsplan.pdf"
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def keep(plan: ActivityPlan) -> Record | None:
    """Make the record of an approved plan, or of a later edition of its paper; None where it is kept already.

    Raises `PdfUnavailable` where the system cannot make a PDF.
    """
    sealed = plan.sealed
    if sealed is None or plan.approved_at is None:
        raise ValueError("only a plan in force is kept")
    printed = printing.kept(plan)
    source = _not_kept(plan, printed)
    if source is None:
        return None
    files = store.put_all(items(plan, sealed, printed))
    return keeping.keep(
        kind=Record.Kind.PLAN,
        title=str(plan),
        source=source,
        account=plan.account,
        unit=plan.unit,
        authority=plan.unit.authority,
        origin=Record.Origin.DRAWN_UP,
        made_at=plan.approved_at if source == plan else printed.made_at,
        facts=facts(plan, sealed),
        files=files,
    )


def items(plan: ActivityPlan, sealed: SealedPlan, printed: PrintedPlan) -> list[store.Item]:
    """Answer the files; the content is byte for byte what each signature's SHA-256 was taken over.

    The PDF is the very one that the plan's page hands out; papers that were signed with ink go along as they came.
    """
    signatures = json.dumps(_signatures(sealed), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return [
        store.Item(PDF_NAME, "application/pdf", "Planen med underskrifter", printing.content(printed)),
        store.Item("innehall.json", "application/json", "Exakt det som undertecknades", sealed.content.encode()),
        store.Item("underskrifter.json", "application/json", "Underskrifterna", signatures.encode()),
        *_scans(plan),
    ]


def _scans(plan: ActivityPlan) -> list[store.Item]:
    found = []
    for number, scan in enumerate(plan.scans.filter(signatures__isnull=False).distinct(), start=1):
        with default_storage.open(scan.file) as file:
            content = file.read()
        name = f"{ORIGINAL}underskrivet-papper-{number}.{ENDINGS[scan.media_type]}"
        found.append(store.Item(name, scan.media_type, "Inskannat papper med underskrifter", content))
    return found


def _not_kept(plan: ActivityPlan, printed: PrintedPlan) -> ActivityPlan | PrintedPlan | None:
    """Answer what there is no record of yet: the plan itself, else this edition of its paper."""
    of_plans = Record.objects.filter(kind=Record.Kind.PLAN)
    if any(remains.is_disposed(Record.Kind.PLAN, source) for source in (plan, printed)):
        return None
    if not of_plans.filter(source_type=plan._meta.label_lower, source_id=plan.pk).exists():
        return plan
    of_account = of_plans.filter(account=plan.account)
    return None if of_account.filter(files__sha256=printed.sha256).exists() else printed


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
            **_on_paper(signature),
            "sha256": sealed.digest,
        }
        for signature in sealed.signatures.select_related("scan", "entered_by")
    ]


def _on_paper(signature: Signature) -> dict[str, str]:
    if signature.paper_day is None or signature.scan is None:
        return {}
    return {
        "on_paper": signature.paper_day.isoformat(),
        "entered_by": str(signature.entered_by),
        "paper_sha256": signature.scan.sha256,
    }
