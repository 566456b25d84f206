"""The demo's own pages: everybody's mail, and signing in as an invented person. Elsewhere there are no such pages."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from governance import fresh
from governance.demo import mailbox
from governance.demo.people import PEOPLE
from governance.listing import page_of
from governance.models import User

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Let a view exist in the demo only."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@login_not_required
@demo_only
def show_mailbox(request: HttpRequest) -> HttpResponse:
    """List the mail that was sent, to anybody or to one receiver; no login: it is the newcomer's view of all mail."""
    recipient = request.GET.get("till", "")
    page = page_of(request, mailbox.newest(recipient))
    context = {"page": page, "people": PEOPLE, "recipient": recipient}
    return render(request, "governance/mailbox.html", context)


@login_not_required
@demo_only
def show_mail(request: HttpRequest, key: str) -> HttpResponse:
    """Show one mail as its receiver gets it."""
    mail = mailbox.find(key)
    if mail is None:
        raise Http404
    lines = [list(mailbox.parts(line)) for line in mail.text.splitlines()]
    return render(request, "governance/mail.html", {"mail": mail, "lines": lines})


@login_not_required
@demo_only
@require_POST
def log_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people, and as nobody else."""
    known = [person.email for person in PEOPLE]
    user = get_object_or_404(User, email=request.POST.get("email", ""), email__in=known, is_active=True)
    response = perform_login(request, user, redirect_url=reverse("governance:start-show"))
    # After the login, which forgets what the session knew of somebody else.
    record_authentication(request, user, method=fresh.DEMO)
    return response
