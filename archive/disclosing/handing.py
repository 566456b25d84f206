"""The last steps towards whoever asked: have the package made, and note that it was handed out."""

from django.db import transaction
from django.utils.translation import gettext as _

from archive.disclosing import reviewing, steps
from archive.models import Disclosure, DisclosurePackage
from governance import clock
from governance.models import User
from governance.workflow import Refused, perform


@transaction.atomic
def order_package(request: Disclosure, *, by: User, reasons: str = "") -> Disclosure:
    """Let the worker make the package. `reasons` stand in the answer about what is held back, and are needed there."""
    if reviewing.progress(request).holds_back and not reasons.strip():
        raise Refused(_("Skriv skälen till att allt inte lämnas ut."))
    perform(request, "package", by=by)
    Disclosure.objects.filter(pk=request.pk).update(answer_reasons=reasons)
    request.answer_reasons = reasons
    return request


@transaction.atomic
def hand_out(request: Disclosure, *, by: User, how: str) -> DisclosurePackage:
    """Note that the package was handed out, by whom and how. Raises `Refused` where there is none to hand out.

    A record that was marked secret since is handed out only by somebody who may see it.
    """
    package = DisclosurePackage.objects.select_for_update().filter(disclosure=request).first()
    if package is None or package.handed_at:
        raise Refused(_("Det finns inget utlämnande i ordning."))
    steps.all_still_open(request, by)
    package.how, package.handed_at, package.handed_by = how, clock.now(), by
    package.save()
    perform(request, "hand_out", by=by, data={"how": str(package.get_how_display()), "package": package.number})
    return package
