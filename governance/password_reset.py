"""The mail by which a password is set, sent by the worker.

The request only passes the address on, whether anybody has it or not: known and unknown are answered alike and at once,
with the mail server up or down. The link is made when the mail is, from this installation's own address, and is kept
nowhere.
"""

import logging
from smtplib import SMTPException
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from governance import people
from governance.models import User

logger = logging.getLogger(__name__)

TEMPLATE = "account/email/password_reset_key"
ATTEMPTS = 8
# Seconds between two attempts, doubled each time: half an hour in all. The broker hands a task that waits for longer
# than its visibility timeout to another worker.
FIRST_WAIT, LONGEST_WAIT = 15, 600


def order(email: str, language: str) -> None:
    """Let the worker send the mail; where it cannot be reached the person asks again."""
    try:
        send.apply_async([email, language], ignore_result=True, retry=False)
    except Exception:  # a broken broker is answered like everything else, for whatever address
        logger.exception("a mail for setting a password could not be ordered")


@shared_task(
    autoretry_for=(OSError, SMTPException),
    max_retries=ATTEMPTS,
    retry_backoff=FIRST_WAIT,
    retry_backoff_max=LONGEST_WAIT,
    retry_jitter=False,
)
def send(email: str, language: str) -> None:
    """Send the link to the person with this very address who may sign in, if there is one."""
    user = User.objects.filter(email=email).first()
    if user is None or not people.may_sign_in(user):
        return
    with translation.override(language):
        context = {"password_reset_url": link(user), "current_site": {"domain": urlsplit(settings.BASE_URL).netloc}}
        subject = render_to_string(f"{TEMPLATE}_subject.txt", context).strip()
        body = render_to_string(f"{TEMPLATE}_message.txt", context).strip()
    send_mail(subject, body, None, [user.email])


def link(user: User) -> str:
    """Answer the address where this person sets a password, once and for a while."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=parts)
