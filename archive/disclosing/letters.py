"""The two letters of a refusal (OSL 6:3): the official's answer, then the authority's decision with how to appeal."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive import keeping, store
from archive.models import Disclosure, DisclosureLetter, DisclosurePage, Record
from governance import access, clock, pdf
from governance.models import Municipality, User
from governance.workflow import Refused, perform

ANSWER, DECISION = "archive/disclosure/pdf/answer.html", "archive/disclosure/pdf/decision.html"
ANSWER_NAME, DECISION_NAME = "besked.pdf", "beslut.pdf"
COURTS = (
    "Kammarrätten i Stockholm",
    "Kammarrätten i Göteborg",
    "Kammarrätten i Sundsvall",
    "Kammarrätten i Jönköping",
)
Kind, Verdict = DisclosureLetter.Kind, DisclosurePage.Verdict


@dataclass(frozen=True)
class Held:
    """How many pages are held back under one provision, and how many of them are masked only."""

    provision: str
    withheld: int
    masked: int


def held_back(request: Disclosure) -> list[Held]:
    """Answer what is held back, by provision."""
    pages = DisclosurePage.objects.filter(chosen__disclosure=request, verdict__in=[Verdict.MASK, Verdict.WITHHOLD])
    found: dict[str, list[str]] = {}
    for provision, verdict in pages.order_by("provision", "pk").values_list("provision", "verdict"):
        found.setdefault(provision, []).append(verdict)
    return [Held(name, each.count(Verdict.WITHHOLD), each.count(Verdict.MASK)) for name, each in found.items()]


def reasons_for(request: Disclosure) -> str:
    """Answer the beginning of the reasons, for the official to go on from."""
    said = _("Uppgifterna omfattas av sekretess enligt %(provision)s.")
    return "\n".join(said % {"provision": each.provision} for each in held_back(request))


def appeal_for(request: Disclosure, court: str) -> str:
    """Answer how the decision is appealed against (OSL 6:7, förvaltningslagen 43 and 44 §§)."""
    return _(
        "Beslutet kan överklagas hos %(court)s. Skriv vilket beslut du överklagar, hur du vill att det ändras och"
        " varför. Skriv också hur domstolen når dig. Överklagandet ställs till %(court)s men lämnas eller skickas till"
        " %(authority)s, och ska ha kommit dit inom tre veckor från den dag då du fick del av beslutet."
    ) % {"court": court, "authority": request.authority}


def last_court(request: Disclosure) -> str:
    """Answer where this authority's last decision is appealed to; the first of the courts where there is none."""
    last = DisclosureLetter.objects.filter(kind=Kind.DECISION, disclosure__authority=request.authority)
    return last.order_by("-made_at", "-pk").values_list("court", flat=True).first() or COURTS[0]


def render_answer(request: Disclosure, *, reasons: str, by: User, part: bool, named: bool = False) -> bytes:
    """Answer the official's answer as PDF/A; `part` where the rest is handed out."""
    context = {**_about(request, by, named), "reasons": reasons, "part": part}
    return pdf.render(ANSWER, context, title=_("Besked om utlämnande, begäran nr %(number)s") % {"number": request.pk})


def refuse(request: Disclosure, *, by: User, reasons: str, named: bool = False) -> DisclosureLetter:
    """Answer that nothing is handed out, with the right to have the authority's decision; the letter is a record.

    Raises `Refused` before each chosen page is reviewed and withheld, `PdfUnavailable` without the means to print.
    """
    _demand(request, by, "refuse")
    content = render_answer(request, reasons=reasons, by=by, part=False, named=named)
    letter = DisclosureLetter(disclosure=request, kind=Kind.ANSWER, made_by=by, made_at=clock.now())
    return _keep(letter, content, reasons, by=by, step="refuse")


def decide(
    request: Disclosure,
    *,
    by: User,
    reasons: str,
    reference: str,
    delegation: str,
    court: str,
    appeal: str = "",
    named: bool = False,
    own_case: bool = False,
) -> DisclosureLetter:
    """Take the authority's decision not to hand out what is held back; the letter is a record.

    Whoever handled the request takes it only where the rules of delegation let it be so (`own_case`). Without `appeal`
    the usual words say how it is appealed against.
    """
    _demand(request, by, "decide")
    if by == request.handler and not own_case:
        raise Refused(
            _("Du har handlagt begäran. Någon annan beslutar, om inte delegationsordningen låter dig göra det.")
        )
    about = {"reference": reference, "delegation": delegation, "court": court}
    context = {
        **_about(request, by, named),
        **about,
        "reasons": reasons,
        "appeal": appeal or appeal_for(request, court),
    }
    content = pdf.render(
        DECISION, context, title=_("Beslut om utlämnande, begäran nr %(number)s") % {"number": request.pk}
    )
    letter = DisclosureLetter(disclosure=request, kind=Kind.DECISION, made_by=by, made_at=clock.now(), **about)
    return _keep(letter, content, reasons, by=by, step="decide", data={"reference": reference})


def _keep(
    letter: DisclosureLetter, content: bytes, text: str, *, by: User, step: str, data: dict[str, Any] | None = None
) -> DisclosureLetter:
    request, is_decision = letter.disclosure, letter.kind == Kind.DECISION
    name = DECISION_NAME if is_decision else ANSWER_NAME
    item = store.Item(name, "application/pdf", str(letter.get_kind_display()), content)
    prepared = keeping.prepare(
        kind=Record.Kind.DECISION if is_decision else Record.Kind.DISCLOSURE,
        title=str(letter),
        unit=request.unit,
        authority=request.authority,
        origin=Record.Origin.DRAWN_UP,
        made_at=letter.made_at,
        files=store.put_all([item]),
        facts={"request": request.pk, "provisions": [each.provision for each in held_back(request)]},
    )
    with transaction.atomic():
        perform(request, step, by=by, data=data)
        letter.save()
        record = keeping.write(prepared, source=letter, text=text, by=by)
        DisclosureLetter.objects.filter(pk=letter.pk).update(record=record)
    letter.record = record
    return letter


def _demand(request: Disclosure, by: User, step: str) -> None:
    """Refuse before anything is printed what would be refused afterwards."""
    edge = Disclosure.lifecycle.steps[step]
    if not access.can(by, edge.permission, request):
        raise access.PermissionDenied
    request.refresh_from_db()
    if request.status not in edge.source:
        raise Refused(_("Det går inte nu: läget är ”%(status)s”.") % {"status": request.get_status_display()})


def _about(request: Disclosure, by: User, named: bool) -> dict[str, Any]:
    return {
        "request": request,
        "to": request.name if named else "",
        "held": held_back(request),
        "official": by,
        "municipality": Municipality.objects.current(),
        "now": clock.now(),
    }
