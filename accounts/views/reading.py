"""Vouching for somebody's skill in the platform (R-PLAN-8)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Account, Duty
from accounts.signatures import reading
from governance import access
from governance.request import Request
from governance.workflow import Refused


@require_POST
def confirm_skill(request: Request, pk: int) -> HttpResponse:
    """Confirm that whoever holds this duty knows the platform, or take that back (`withdraw`)."""
    duty = get_object_or_404(Duty.objects.of_plan(), pk=pk)
    account = access.get_or_deny(request.user, Account.objects.all(), act="approve_plan", pk=duty.account_id)
    verb = reading.withdraw_skill if "withdraw" in request.POST else reading.confirm_skill
    try:
        verb(duty, by=request.user)
        messages.success(request, _("Det är noterat."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(account)
