"""Disposal: what is due, what is proposed, looking through a list, and deciding on it as the second person."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from archive import presenting as sentences
from archive.disposing import guards, holding, presenting, proposing, protocol
from archive.disposing.disposal_filters import DisposalFilter, DueFilter
from archive.disposing.disposal_forms import EVERY, ExemptForm, ProposeForm
from archive.disposing.export_columns import DISPOSED, DUE
from archive.models import Disposal, DisposalDecision, DisposalRow, DisposedRecord, Record
from governance import access, exporting
from governance.fresh import fresh_login_required
from governance.listing import in_order, page_of
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused, perform

DISPOSALS = Disposal.objects.select_related("unit", "authority", "kind", "decision", "proposed_by", "approved_by")
DUE_ORDERS = {"dag": ("dispose_after",), "enhet": ("unit__sort_key",), "typ": ("document_kind__sort_key",)}
ROWS_SHOWN = 50


@require_safe
@needs("see_record")
def show_list(request: Request) -> HttpResponseBase:
    """List the disposals, the latest first; those that wait stand out."""
    found = DisposalFilter(request.GET, access.visible(request.user, DISPOSALS, "see_record"))
    context = {
        "filter": found,
        "page": page_of(request, found.qs.order_by("-proposed_at", "-pk")),
        "colors": presenting.COLORS,
        "may_propose": access.holds(request.user, "propose_disposal"),
        "may_order": access.holds(request.user, "classify_record"),
        "narrowed": bool(request.GET),
    }
    return render(request, "archive/disposal/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("propose_disposal")
def show_due(request: Request) -> HttpResponseBase:
    """List what may be disposed of, with its decision (GET), or propose some of it, or all that the list holds."""
    found = DueFilter(request.GET, proposing.due_for(request.user))
    related = ("unit", "authority", "account__platform", "document_kind")
    rows = in_order(request, found.qs, DUE_ORDERS, "dag").select_related(*related)
    if exporting.asked(request):
        return exporting.export(request, rows, DUE, _("Får gallras"), prepare=lambda page: _listed(page, request))
    form = ProposeForm(request.POST if request.method == "POST" else None, rows=found.qs)
    if form.is_valid() and (made := _proposed(request, form)):
        return redirect(made[0]) if len(made) == 1 else redirect("archive:disposal-list")
    page = page_of(request, rows, size=ROWS_SHOWN)
    context = {
        "filter": found,
        "page": page,
        "records": presenting.records(page.object_list, request.user),
        "groups": _groups(list(page.object_list)),
        "form": form,
        "every": EVERY,
        "most": proposing.MOST,
        "narrowed": bool(request.GET),
    }
    return render(request, "archive/disposal/due.html", context)


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """Show one disposal: its decision, its persons, and every record on its list."""
    disposal = access.get_or_deny(request.user, DISPOSALS, pk=pk)
    page = page_of(request, disposal.rows.order_by("number", "pk"), size=ROWS_SHOWN)
    waits = disposal.status == Disposal.Status.PROPOSED
    may_approve = access.can(request.user, "approve_disposal", disposal)
    context = {
        "disposal": disposal,
        "color": presenting.COLORS[Disposal.Status(disposal.status)],
        "page": page,
        "rows": presenting.rows(page.object_list, request.user),
        "outcomes": _outcomes(disposal),
        "to_look_at": guards.to_look_at(disposal) if waits else 0,
        "may_approve": waits and may_approve and disposal.proposed_by != request.user,
        "is_own": waits and may_approve and disposal.proposed_by == request.user,
        "may_exempt": waits and _may_exempt(request, disposal),
        "protocol": protocol.of(disposal),
        "words": presenting.policy_words(),
        "events": sentences.history(disposal),
    }
    return render(request, "archive/disposal/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_login_required()
def approve(request: Request, pk: int) -> HttpResponse:
    """Ask the second person once more (GET), and approve (POST); the worker carries it out."""
    disposal = access.get_or_deny(request.user, DISPOSALS, act="approve_disposal", pk=pk)
    if request.method == "POST":
        try:
            perform(disposal, "approve", by=request.user)
            messages.success(
                request, _("Gallringen är godkänd och utförs nu. Den går inte att ångra när den är utförd.")
            )
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(disposal)
    count = disposal.rows.filter(outcome="").count()
    return render(request, "archive/disposal/approve.html", {"disposal": disposal, "count": count})


@require_http_methods(["GET", "HEAD", "POST"])
def exempt(request: Request, pk: int, row: int | None = None) -> HttpResponse:
    """Take one record off the list, or everything that may not be disposed of now, with a reason."""
    disposal = access.get_or_deny(request.user, DISPOSALS, pk=pk)
    if not _may_exempt(request, disposal):
        raise access.PermissionDenied
    rows = disposal.rows.filter(pk=row) if row else _held(disposal)
    form = ExemptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _exempted(request, disposal, rows, form.cleaned_data["reason"])
        return redirect(disposal)
    context = {"disposal": disposal, "form": form, "rows": rows.order_by("number")[:ROWS_SHOWN], "count": rows.count()}
    return render(request, "archive/disposal/exempt.html", context)


@require_safe
@needs("see_record")
def show_disposed(request: Request) -> HttpResponseBase:
    """List what was disposed of: numbers, hashes and decisions, nothing of what stood in it."""
    seen = access.visible(request.user, DisposedRecord.objects.all(), "see_record")
    rows = seen.order_by("-disposed_at", "-pk")
    if exporting.asked(request):
        return exporting.export(request, rows, DISPOSED, _("Gallrade handlingar"))
    return render(request, "archive/disposal/disposed.html", {"page": page_of(request, rows)})


def _proposed(request: Request, form: ProposeForm) -> list[Disposal]:
    try:
        made = proposing.propose(form.chosen(), by=request.user, note=form.cleaned_data["note"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return []
    text = ngettext("%(n)s handling är föreslagen.", "%(n)s handlingar är föreslagna.", made.records)
    messages.success(request, text % {"n": made.records} + " " + _("En annan person granskar och godkänner."))
    if left := made.held + made.without_decision:
        text = _("Utelämnade: %(n)s. Gallringsstopp eller pågående ärende: %(held)s. Utan gällande beslut: %(none)s.")
        messages.warning(request, text % {"n": left, "held": made.held, "none": made.without_decision})
    return made.disposals


def _exempted(request: Request, disposal: Disposal, rows, reason: str) -> None:
    try:
        count = proposing.exempt(disposal, rows, by=request.user, reason=reason)
        text = ngettext("%(n)s handling är undantagen.", "%(n)s handlingar är undantagna.", count)
        messages.success(request, text % {"n": count})
    except Refused as refused:
        messages.error(request, str(refused))


def _held(disposal: Disposal):
    """Answer the rows that keep the list from being approved."""
    waiting = disposal.rows.filter(outcome="")
    listed = Record.objects.filter(identifier__in=waiting.values("identifier"))
    fits = listed.filter(guards.as_listed(disposal)).exclude(holding.held())
    return waiting.exclude(identifier__in=fits.values("identifier"))


def _may_exempt(request: Request, disposal: Disposal) -> bool:
    by_role = (access.can(request.user, name, disposal) for name in ("propose_disposal", "approve_disposal"))
    return any(by_role)


def _groups(page: list[Record]) -> dict[int, DisposalDecision | None]:
    """Answer the decision that each kind on the page is disposed of under, by the kind's number; a few queries."""
    pairs = {(record.authority_id, record.document_kind_id) for record in page}
    found = {pair: proposing.decision_for(*pair) for pair in sorted(pairs, key=str)}
    return {record.pk: found[(record.authority_id, record.document_kind_id)] for record in page}


def _listed(page: list[Record], request: Request):
    decisions = _groups(page)
    return [(row, decisions[row.number]) for row in presenting.records(page, request.user)]


def _outcomes(disposal: Disposal) -> list[tuple[str, int]]:
    kinds = DisposalRow.Outcome.choices
    found = [(str(label), disposal.rows.filter(outcome=value).count()) for value, label in kinds]
    return [(label, count) for label, count in found if count]
