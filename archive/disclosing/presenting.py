"""What the pages about requests show, made ready: no page asks for it row by row."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive import secrecy
from archive.disclosing import letters, promptness, reviewing
from archive.disclosing.requesting import HANDLES
from archive.models import Disclosure, DisclosurePage, DisclosureRecord, Record
from archive.models.disclosure import DECIDES
from archive.presenting import history
from governance import access, clock
from governance.models import User

Status, Verdict = Disclosure.Status, DisclosurePage.Verdict
COLORS = {
    Status.HANDLING: "info",
    Status.PACKING: "info",
    Status.READY: "warning",
    Status.HANDED_OUT: "success",
    Status.REFUSED: "neutral",
    Status.DECISION: "warning",
    Status.DECIDED: "neutral",
    Status.WITHDRAWN: "neutral",
    Status.NOTHING_FOUND: "neutral",
}
VERDICT_COLORS = {"": "neutral", Verdict.HAND_OUT: "success", Verdict.MASK: "warning", Verdict.WITHHOLD: "danger"}


@dataclass(frozen=True)
class Row:
    """A request as a list shows it."""

    request: Disclosure
    color: str
    is_late: bool
    took: str


@dataclass(frozen=True)
class ChosenRow:
    """A chosen record as the request's page shows it; closed to those who do not pass both gates."""

    chosen: DisclosureRecord
    record: Record | None
    is_open: bool
    pages: int
    reviewed: int
    masked: int
    withheld: int

    @property
    def title(self) -> str:
        """Answer what it is called, to this reader."""
        if self.record is None:
            return _("Gallrad handling")
        return self.record.title if self.is_open else str(secrecy.WITHHELD)


def rows(found: list[Disclosure]) -> list[Row]:
    """Answer the rows of a list; no query."""
    now = clock.now()
    return [
        Row(each, COLORS[Status(each.status)], each.is_open and each.due_at < now, in_words(promptness.taken(each)))
        for each in found
    ]


def counts(seen: QuerySet[Disclosure]) -> dict[str, Any]:
    """Answer what stands above the list: how many go on, are late, and were answered this year, and how soon."""
    now, year = clock.now(), clock.today().year
    answered = Q(answered_at__isnull=False, received_at__year=year)
    found = seen.order_by().aggregate(
        open=Count("pk", Q(ended_at=None)),
        late=Count("pk", Q(ended_at=None, due_at__lt=now)),
        answered=Count("pk", answered),
        mean=Avg(F("answered_at") - F("received_at"), filter=answered),
    )
    return {**found, "mean": in_words(found["mean"]) if found["mean"] else "", "year": year}


def in_words(span: timedelta) -> str:
    """Answer a length of time as people say it: minutes, hours or days."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 60:
        return ngettext("%(n)s minut", "%(n)s minuter", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)s timme", "%(n)s timmar", hours) % {"n": hours}
    return ngettext("%(n)s dag", "%(n)s dagar", hours // 24) % {"n": hours // 24}


def page(request: Disclosure, user: User) -> dict[str, Any]:
    """Answer what the request's own page shows."""
    may_handle, may_decide = access.can(user, HANDLES, request), access.can(user, DECIDES, request)
    progress = reviewing.progress(request)
    packages = list(request.packages.select_related("record", "made_by", "handed_by"))
    return {
        "disclosure": request,
        "row": rows([request])[0],
        "may_handle": may_handle,
        "may_decide": may_decide,
        "may_see_requester": may_handle or may_decide,
        "chosen": chosen(request, user),
        "progress": progress,
        "next": reviewing.next_of(request) if progress.pages and not progress.is_over else None,
        "nothing_left": progress.is_over and progress.handed_out == 0,
        "packages": packages,
        "package_records": {package.record_id for package in packages if package.record_id},
        "letters": list(request.letters.select_related("record", "made_by")),
        "held": letters.held_back(request),
        "promise": promptness.promised(),
        "days": {"first": promptness.FIRST_DAYS, "next": promptness.NEXT_DAYS},
        "may_forget": may_handle and _may_forget(request),
        "events": history(request),
    }


def chosen(request: Disclosure, user: User) -> list[ChosenRow]:
    """Answer the chosen records, in two queries for all."""
    every = request.chosen.select_related("record__unit", "disclosure").annotate(
        page_count=Count("pages"),
        reviewed=Count("pages", ~Q(pages__verdict="")),
        masked=Count("pages", Q(pages__verdict=Verdict.MASK)),
        withheld=Count("pages", Q(pages__verdict=Verdict.WITHHOLD)),
    )
    records = Record.objects.filter(disclosures__disclosure=request)
    seen = access.visible(user, records, "see_record").filter(secrecy.open_to(user))
    is_open = set(seen.order_by().values_list("pk", flat=True))
    return [
        ChosenRow(
            each, each.record, each.record_id in is_open, each.page_count, each.reviewed, each.masked, each.withheld
        )
        for each in every.order_by("pk")
    ]


def _may_forget(request: Disclosure) -> bool:
    since = request.may_forget_from
    return request.forgotten_at is None and since is not None and since <= clock.now()
