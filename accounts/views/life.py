"""An account's life in the browser: changing its facts, pausing it, a deviation, and the time it is lost."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.credentials import lost as access_lost
from accounts.forms.account import AccountForm
from accounts.forms.life import LossEntryForm, PauseForm, RecoverForm, WaiverForm
from accounts.life import advice, changes, lost, pausing, waivers
from accounts.models import Account, Waiver
from governance import access
from governance.request import Request
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit", "authority", "successor__platform")


def edit(request: Request, pk: int) -> HttpResponse:
    """Change an account's facts; what the public sees waits for communications."""
    account = access.get_or_deny(request.user, ACCOUNTS, pk=pk)
    if account.status in changes.OVER:
        messages.error(request, _("Kontots uppgifter kan inte ändras längre."))
        return redirect(account)
    if not changes.may_edit(account, request.user):
        raise PermissionDenied
    form = AccountForm(request.POST if request.method == "POST" else None, account=account, user=request.user)
    if form.is_bound and form.is_valid() and (done := _edited(form, account, request)):
        return redirect(done.waiting or account)
    context = {"form": form, "account": account, **_standing(account, request)}
    return render(request, "accounts/account_edit.html", context)


def pause(request: Request, pk: int) -> HttpResponse:
    """Pause an account until a day."""
    account = access.get_or_deny(request.user, ACCOUNTS, "pause_account", pk=pk)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            pausing.pause(account, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            day = date_format(form.cleaned_data["until"], "j F Y")
            messages.success(request, _("Kontot är pausat till och med %(day)s. Uppsikten fortsätter.") % {"day": day})
            return redirect(account)
    return render(request, "accounts/account_pause.html", {"form": form, "account": account})


def show_loss(request: Request, pk: int) -> HttpResponse:
    """Show what is done while an account is lost, and by whom; and what was done the times before."""
    account = access.get_or_deny(request.user, ACCOUNTS, pk=pk)
    losses = list(account.losses.select_related("reported_by", "ended_by").prefetch_related("entries__by"))
    if not losses:
        raise Http404
    loss = losses[0] if losses[0].ended_at is None else None
    done = {entry.key: entry for entry in loss.entries.all() if entry.key} if loss else {}
    context = {
        "account": account,
        "loss": loss,
        "losses": losses,
        "unchecked": access_lost.unchecked(account) if loss else [],
        "login_is_unchanged": loss is not None and access_lost.login_is_unchanged(account),
        "may_see_access": access.can(request.user, "keep_access", account),
        "points": [(key, label, done.get(key)) for key, label in lost.CHECKLIST.items()],
        "form": LossEntryForm(points=lost.CHECKLIST),
        "may_note": access.can(request.user, "report_lost", account),
        "may_recover": access.can(request.user, "recover_account", account),
        "may_close": access.can(request.user, "close_account", account),
    }
    return render(request, "accounts/loss_show.html", context)


@require_POST
def note_loss(request: Request, pk: int) -> HttpResponse:
    """Write down what has been done about a lost account."""
    account = access.get_or_deny(request.user, ACCOUNTS, "report_lost", pk=pk)
    form, loss = LossEntryForm(request.POST, points=lost.CHECKLIST), lost.current(account)
    try:
        if loss is None:
            raise Refused(_("Kontot är inte längre förlorat. Loggen är avslutad."))
        if form.is_valid():
            lost.note(loss, by=request.user, **form.cleaned_data)
            messages.success(request, _("Antecknat."))
        else:
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("accounts:loss-show", pk=pk)


def recover(request: Request, pk: int) -> HttpResponse:
    """Decide that a lost account is the municipality's again."""
    account = access.get_or_deny(request.user, ACCOUNTS, "recover_account", pk=pk)
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            lost.recover(account, by=request.user, how=form.cleaned_data["how"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kontot är kommunens igen. Varningen för allmänheten är borta."))
            return redirect(account)
    return render(request, "accounts/loss_recover.html", {"form": form, "account": account})


def waive(request: Request, pk: int, key: str) -> HttpResponse:
    """Decide on a deviation from what the policy recommends."""
    account = access.get_or_deny(request.user, ACCOUNTS, "publish_account", pk=pk)
    found = next((each for each in advice.of(account) if each.key == key and each.may_be_waived), None)
    if found is None:
        raise Http404
    form = WaiverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            waivers.grant(account, by=request.user, key=key, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Avsteget är beslutat och står på kontots sida."))
            return redirect(account)
    return render(request, "accounts/account_waive.html", {"form": form, "account": account, "advice": found})


@require_POST
def end_waiver(request: Request, pk: int) -> HttpResponse:
    """Take a deviation back."""
    waiver = access.get_or_deny(request.user, Waiver.objects.all(), "publish_account", pk=pk)
    try:
        waivers.end(get_object_or_404(Waiver, pk=waiver.pk), by=request.user)
        messages.success(request, _("Avsteget är upphävt."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(waiver.account)


def _edited(form: AccountForm, account: Account, request: Request) -> changes.Edited | None:
    base = form.cleaned_data["base"]
    try:
        done = changes.edit(account, by=request.user, typed=form.facts(), shown=base["shown"], stood=base["stood"])
    except changes.Conflict as conflict:
        form.show_conflict(conflict.theirs)
        return None
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    _say(request, account, done)
    return done


def _say(request: Request, account: Account, done: changes.Edited) -> None:
    if done.at_once:
        messages.success(request, _("Sparat: %(fields)s.") % {"fields": changes.labels(done.at_once)})
    if done.waiting:
        text = _("Ändringen väntar på kommunikatören. Det som allmänheten ser står kvar tills den är godkänd.")
        messages.info(request, text)
    if not done.at_once and not done.waiting:
        messages.info(request, _("Ingenting var ändrat."))
    account.refresh_from_db()
    for each in advice.of(account):
        messages.warning(request, f"{each.text} ({each.origin.clause})")


def _standing(account: Account, request: Request) -> dict[str, object]:
    waits = account.changes.filter(status="waiting").select_related("made_by")
    return {
        "publishes": access.can(request.user, "publish_account", account),
        "is_opened": account.opened_at is not None,
        "mine": waits.filter(made_by=request.user).first(),
        "others": list(waits.exclude(made_by=request.user)),
        "advice": advice.of(account),
    }
