"""A request for public documents (begäran om utlämnande): from the question to what was handed out, or refused."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from governance.models import Authority, Unit, User
from governance.triggers import no_truncate
from governance.workflow import SYSTEM, Lifecycle, Step

# For so long after a request has ended it is known who asked; then it may be forgotten.
REQUESTER_KEPT = timedelta(days=365)


class Status(models.TextChoices):
    HANDLING = "handling", _("Handläggs")
    PACKING = "packing", _("Görs i ordning")
    READY = "ready", _("Klar att lämna ut")
    HANDED_OUT = "handed_out", _("Utlämnad")
    REFUSED = "refused", _("Besked: lämnas inte ut")
    DECISION = "decision", _("Väntar på myndighetens beslut")
    DECIDED = "decided", _("Beslut: lämnas inte ut")
    WITHDRAWN = "withdrawn", _("Återkallad")
    NOTHING_FOUND = "nothing_found", _("Inget fanns")


OPEN = (Status.HANDLING, Status.PACKING, Status.READY, Status.DECISION)
ENDED = (Status.HANDED_OUT, Status.REFUSED, Status.DECIDED, Status.WITHDRAWN, Status.NOTHING_FOUND)
HANDLES, DECIDES = "handle_disclosure", "decide_disclosure"
STEPS = "archive.disclosing.steps"
LIFECYCLE = Lifecycle(
    "status",
    Step(
        "package",
        {Status.HANDLING},
        Status.PACKING,
        _("Gör i ordning"),
        HANDLES,
        guard=f"{STEPS}.all_reviewed",
        effect=f"{STEPS}.begin_packing",
        button=False,
    ),
    Step("finish", {Status.PACKING}, Status.READY, _("Bli klar"), SYSTEM),
    Step("fail", {Status.PACKING}, Status.HANDLING, _("Misslyckas"), SYSTEM, effect=f"{STEPS}.note_problem"),
    Step(
        "review_again",
        {Status.PACKING, Status.READY},
        Status.HANDLING,
        _("Gör om prövningen"),
        HANDLES,
        asks_reason=True,
    ),
    Step(
        "hand_out",
        {Status.READY},
        Status.HANDED_OUT,
        _("Anteckna att det är utlämnat"),
        HANDLES,
        effect=f"{STEPS}.answer",
        button=False,
    ),
    Step(
        "refuse",
        {Status.HANDLING},
        Status.REFUSED,
        _("Lämna besked att inget lämnas ut"),
        HANDLES,
        guard=f"{STEPS}.all_withheld",
        effect=f"{STEPS}.answer",
        button=False,
    ),
    Step(
        "find_nothing",
        {Status.HANDLING},
        Status.NOTHING_FOUND,
        _("Inget fanns"),
        HANDLES,
        asks_reason=True,
        guard=f"{STEPS}.nothing_chosen",
        effect=f"{STEPS}.answer",
    ),
    Step(
        "ask_decision",
        {Status.REFUSED, Status.HANDED_OUT},
        Status.DECISION,
        _("Myndighetens beslut begärs"),
        HANDLES,
        guard=f"{STEPS}.something_held_back",
        effect=f"{STEPS}.open_again",
    ),
    Step(
        "decide",
        {Status.DECISION},
        Status.DECIDED,
        _("Besluta att inte lämna ut"),
        DECIDES,
        effect=f"{STEPS}.end",
        button=False,
    ),
    Step(
        "grant",
        {Status.DECISION},
        Status.HANDLING,
        _("Lämna ut mer"),
        DECIDES,
        asks_reason=True,
        effect=f"{STEPS}.open_again",
    ),
    Step(
        "withdraw",
        OPEN,
        Status.WITHDRAWN,
        _("Begäran är återkallad"),
        HANDLES,
        asks_reason=True,
        effect=f"{STEPS}.end",
        color="danger",
    ),
    Step(
        "take_up_again",
        ENDED,
        Status.HANDLING,
        _("Ta upp igen"),
        HANDLES,
        asks_reason=True,
        guard=f"{STEPS}.not_forgotten",
        effect=f"{STEPS}.open_again",
    ),
)


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Requests by how far they have come."""

    def open(self) -> Self:
        """Answer those that somebody still has to do something about."""
        return self.filter(status__in=OPEN)

    def late(self, at: datetime) -> Self:
        """Answer those whose answer, or whose next message, should have come by then."""
        return self.open().filter(due_at__lt=at)

    def forgettable(self, at: datetime) -> Self:
        """Answer those whose requester may be forgotten by then."""
        return self.filter(forgotten_at=None, ended_at__lte=at - REQUESTER_KEPT)


class Disclosure(models.Model):
    """One request to be given public documents, by anybody, who need not say who (TF 2:18).

    `asked_for`, `name`, `contact`, `asked_because`, `purpose`, `answer_reasons` and `problem` may hold personal data:
    they are emptied some time after the request has ended (`forgotten_at`).
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-post")
        PHONE = "phone", _("Telefon")
        VISIT = "visit", _("Besök")
        LETTER = "letter", _("Brev")
        SERVICE = "service", _("E-tjänst")

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "see_disclosure"

    status = models.CharField(_("Läge"), max_length=14, choices=Status, default=Status.HANDLING)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    received_at = models.DateTimeField(_("Kom in"))
    channel = models.CharField(_("Hur den kom in"), max_length=10, choices=Channel)
    asked_for = models.TextField(_("Vad som begärs"), max_length=4000, blank=True)
    name = models.CharField(_("Namn"), max_length=200, blank=True)
    contact = models.CharField(_("Hur svaret kan lämnas"), max_length=300, blank=True)
    asked_because = models.TextField(_("Varför det behövde frågas"), max_length=1000, blank=True)
    purpose = models.TextField(_("Vem som frågar, och till vad"), max_length=2000, blank=True)
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Handläggare")
    )
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Registrerad av"))
    registered_at = models.DateTimeField(_("Registrerad"))

    clock_from = models.DateTimeField()  # from when promptness is counted: received, told, decision asked for
    told_at = models.DateTimeField(_("Senaste besked"), null=True, blank=True)
    due_at = models.DateTimeField(_("Svar eller besked senast"))
    answered_at = models.DateTimeField(_("Besvarad"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Avslutad"), null=True, blank=True)

    fee_pages = models.PositiveIntegerField(_("Antal sidor"), null=True, blank=True)
    fee_amount = models.DecimalField(_("Avgift i kronor"), max_digits=9, decimal_places=2, null=True, blank=True)
    fee_note = models.TextField(_("Grund för avgiften"), max_length=1000, blank=True)

    answer_reasons = models.TextField(_("Skäl"), max_length=8000, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    forgotten_at = models.DateTimeField(_("Personuppgifterna borttagna"), null=True, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("begäran om utlämnande")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=OPEN, ended_at=None) | models.Q(status__in=ENDED, ended_at__isnull=False),
                name="disclosure_ended_when",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="") | ~models.Q(asked_because=""), name="disclosure_asked_with_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(forgotten_at=None)
                | models.Q(
                    ended_at__isnull=False,
                    asked_for="",
                    name="",
                    contact="",
                    asked_because="",
                    purpose="",
                    answer_reasons="",
                    problem="",
                ),
                name="disclosure_forgotten_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(ended_at=None), name="disclosure_due")]
        triggers = [
            *LIFECYCLE.triggers("disclosure"),
            pgtrigger.Protect(name="disclosure_kept", operation=pgtrigger.Delete),
            no_truncate("disclosure"),
        ]

    def __str__(self) -> str:
        return _t("Begäran om utlämnande nr %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """Answer the request's page."""
        return reverse("archive:disclosure-show", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Answer whether somebody still has to do something about it."""
        return self.status in OPEN

    @property
    def is_handled(self) -> bool:
        """Answer whether records are chosen and reviewed now."""
        return self.status == Status.HANDLING

    @property
    def may_forget_from(self) -> datetime | None:
        """Answer when it may be forgotten who asked; None while it goes on."""
        return self.ended_at + REQUESTER_KEPT if self.ended_at else None
