"""What the steps of a request demand, and what they bring along; named in the lifecycle's table."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive import secrecy
from archive.disclosing import promptness
from archive.models import Disclosure, DisclosurePage, Record
from governance import access, clock
from governance.models import User
from governance.workflow import Refused

HELD_BACK = (DisclosurePage.Verdict.MASK, DisclosurePage.Verdict.WITHHOLD)


def all_reviewed(request: Disclosure, by: User) -> None:
    """Refuse a package before each page is reviewed, by somebody who may see it, and something is handed out."""
    pages = _pages(request)
    if not pages.exists():
        raise Refused(_("Välj först vilka handlingar och sidor begäran gäller."))
    if waiting := pages.filter(verdict="").count():
        text = ngettext("%(count)s sida är inte prövad än.", "%(count)s sidor är inte prövade än.", waiting)
        raise Refused(text % {"count": waiting})
    if not pages.exclude(verdict=DisclosurePage.Verdict.WITHHOLD).exists():
        raise Refused(_("Ingen sida lämnas ut. Lämna besked om det i stället."))
    all_still_open(request, by)
    if request.chosen.filter(record=None).exists():
        raise Refused(_("En vald handling är gallrad. Ta bort den ur begäran."))


def all_withheld(request: Disclosure, by: User) -> None:
    """Refuse to say no to everything before everything is reviewed and withheld."""
    pages = _pages(request)
    if not pages.exists() or pages.exclude(verdict=DisclosurePage.Verdict.WITHHOLD).exists():
        raise Refused(_("Pröva först varje vald sida. Beskedet lämnas här bara när ingen av dem lämnas ut."))
    all_still_open(request, by)


def nothing_chosen(request: Disclosure, by: User) -> None:
    """Refuse to say that nothing was found while something is chosen."""
    if request.chosen.exists():
        raise Refused(_("Det finns valda handlingar. Ta bort dem först, om de inte är vad som begärs."))


def something_held_back(request: Disclosure, by: User) -> None:
    """Refuse a decision where everything was handed out: there is nothing to decide."""
    if not _pages(request).filter(verdict__in=HELD_BACK).exists():
        raise Refused(_("Allt som valdes är utlämnat. Då finns inget att besluta om."))


def not_forgotten(request: Disclosure, by: User) -> None:
    """Refuse to go on with a request whose words are gone."""
    if request.forgotten_at:
        raise Refused(_("Uppgifterna i begäran är borttagna. Registrera en ny begäran."))


def begin_packing(request: Disclosure, by: User, reason: str) -> None:
    """Forget why the last attempt failed."""
    request.problem = ""


def note_problem(request: Disclosure, by: User | None, reason: str) -> None:
    """Keep why no package could be made."""
    request.problem = reason[:500]


def answer(request: Disclosure, by: User, reason: str) -> None:
    """End it, answered; the first answer is what promptness is measured by."""
    request.answered_at = request.answered_at or clock.now()
    end(request, by, reason)


def end(request: Disclosure, by: User, reason: str) -> None:
    """End it."""
    request.ended_at = clock.now()


def open_again(request: Disclosure, by: User, reason: str) -> None:
    """Count promptness anew: somebody waits again."""
    request.ended_at = request.told_at = None
    request.clock_from = clock.now()
    request.due_at = promptness.due(request.clock_from, told=False)


def _pages(request: Disclosure) -> Any:
    return DisclosurePage.objects.filter(chosen__disclosure=request)


def all_still_open(request: Disclosure, by: User) -> None:
    """Refuse where a chosen record is closed to this person, or has been since it was chosen."""
    records = Record.objects.filter(disclosures__disclosure=request)
    seen = access.visible(by, records, "handle_disclosure")
    if seen.filter(secrecy.open_to(by)).count() != records.count():
        raise Refused(_("Någon av handlingarna är sekretessmarkerad, och du får inte se den. Den som får det tar vid."))
