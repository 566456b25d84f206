"""What somebody outside tells the municipality: a false account, one that is missing, a fault, a hindrance."""

import secrets
from typing import ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import Unit, User
from governance.triggers import no_truncate
from governance.workflow import Lifecycle, Step

# Without 0, 1, I, L, O and U: what is read aloud or written down is not mistaken.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 4, 4


class Status(models.TextChoices):
    NEW = "new", _("Ny")
    UNDER_WAY = "under_way", _("Under behandling")
    ANSWERED = "answered", _("Besvarad")
    NO_ACTION = "no_action", _("Avslutad utan åtgärd")


OPEN = (Status.NEW, Status.UNDER_WAY)
ENDED = (Status.ANSWERED, Status.NO_ACTION)
LIFECYCLE = Lifecycle(
    "status",
    Step(
        "take",
        {Status.NEW},
        Status.UNDER_WAY,
        _("Börja handlägga"),
        "handle_report",
        effect="accounts.public.reports.take_on",
    ),
    Step(
        "answer",
        OPEN,
        Status.ANSWERED,
        _("Besvara"),
        "handle_report",
        effect="accounts.public.reports.end",
        button=False,
    ),
    Step(
        "dismiss",
        OPEN,
        Status.NO_ACTION,
        _("Avsluta utan åtgärd"),
        "handle_report",
        asks_reason=True,
        effect="accounts.public.reports.end",
    ),
    Step(
        "reopen",
        ENDED,
        Status.UNDER_WAY,
        _("Ta upp igen"),
        "handle_report",
        asks_reason=True,
        guard="accounts.public.reports.still_readable",
        effect="accounts.public.reports.take_on",
    ),
)


def new_number() -> str:
    """Answer a receipt number that nobody can guess: "K7RM-2XQP-9DTW-H4NC"."""
    groups = ("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))
    return "-".join(groups)


class PublicReport(models.Model):
    """One report from outside; it lands at the municipality's root, with communications.

    `about`, `text`, `email` and `answer` may hold personal data: they are emptied some time after the matter has ended
    (`cleaned_at`). Whoever knows `number` may read how the matter stands, and its answer.
    """

    class Kind(models.TextChoices):
        FALSE_ACCOUNT = "false_account", _("Ett konto som utger sig för att vara kommunens")
        MISSING = "missing", _("Ett av kommunens konton saknas i listan")
        WRONG = "wrong", _("En uppgift om ett konto är fel")
        OTHER = "other", _("Något annat")
        ACCESSIBILITY = "accessibility", _("Brist i tillgängligheten")

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "handle_report"

    number = models.CharField(_("Kvittonummer"), max_length=19, unique=True, default=new_number, editable=False)
    kind = models.CharField(_("Vad det gäller"), max_length=20, choices=Kind)
    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.NEW)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("Enhet"), related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, verbose_name=_("Konto"), null=True, blank=True)
    about = models.CharField(_("Kontots adress eller namn"), max_length=300, blank=True)
    text = models.TextField(_("Vad du vill berätta"), max_length=4000, blank=True)
    email = models.EmailField(_("E-post för svar"), blank=True)
    language = models.CharField(max_length=2, default="sv")
    received_at = models.DateTimeField(_("Kom in"))
    handler = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("Handlägger"), related_name="+", null=True, blank=True
    )
    answer = models.TextField(_("Svar"), max_length=4000, blank=True)
    ended_at = models.DateTimeField(_("Avslutad"), null=True, blank=True)
    cleaned_at = models.DateTimeField(_("Personuppgifterna borttagna"), null=True, blank=True)

    class Meta:
        verbose_name = _("anmälan från allmänheten")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["new", "under_way"], ended_at=None)
                | models.Q(status__in=["answered", "no_action"], ended_at__isnull=False),
                name="public_report_ended_when",
            ),
            models.CheckConstraint(
                condition=models.Q(cleaned_at=None)
                | models.Q(ended_at__isnull=False, about="", text="", email="", answer=""),
                name="public_report_cleaned_is_empty",
            ),
        ]
        triggers = [
            *LIFECYCLE.triggers("publicreport"),
            pgtrigger.Protect(name="public_report_kept", operation=pgtrigger.Delete),
            no_truncate("public_report"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.number[:GROUP]})"

    def get_absolute_url(self) -> str:
        """Answer the page where communications handles it."""
        return reverse("accounts:report-show", args=[self.pk])
