"""What an account shows of itself, as somebody saw it: one answer per item and look, never changed (R-INFO-1)."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import PolicyVersion, Unit, User
from governance.triggers import append_only
from governance.validators import one_line


class InformationAnswerQuerySet(models.QuerySet["InformationAnswer"]):
    """Answers by whether they still count."""

    def counting(self) -> Self:
        """Answer the newest answer to each item of each account: those that count."""
        return self.order_by("account_id", "item", "-checked_at", "-id").distinct("account_id", "item")


class InformationAnswer(models.Model):
    """Whether an item of the policy's checklist stands on the account; all items of one look share its moment."""

    class Answer(models.TextChoices):
        OK = "ok", _("Finns")
        MISSING = "missing", _("Saknas")
        NOT_POSSIBLE = "not_possible", _("Går inte här")
        EXEMPT = "exempt", _("Undantaget")

    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="information", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("Policy"))
    item = models.SlugField(_("Punkt"), max_length=60)
    label = models.CharField(_("Vad kontot ska visa"), max_length=300)
    answer = models.CharField(_("Svar"), max_length=12, choices=Answer)
    reason = models.CharField(_("Skäl"), max_length=300, blank=True, validators=[one_line])
    checked_at = models.DateTimeField(_("Kontrollerat"))
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Kontrollerat av"))

    objects = InformationAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontroll av information")
        ordering = ["-checked_at", "-pk"]
        indexes = [models.Index(fields=["account", "item", "-checked_at"], name="information_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer__in=["ok", "missing", "not_possible", "exempt"]), name="information_answer"
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="exempt") | ~models.Q(reason=""),
                name="information_exempt_has_reason",
            ),
        ]
        triggers = append_only("information_answer")

    def __str__(self) -> str:
        return f"{self.label}: {self.get_answer_display()}"
