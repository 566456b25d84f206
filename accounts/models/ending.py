"""How an account ends, step by step; and what is done while it is lost. Both are histories that are never rewritten."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import PolicyVersion, Unit, User
from governance.triggers import append_only, no_truncate


class OngoingQuerySet(models.QuerySet):
    """What has begun, by whether it has ended."""

    def going_on(self) -> Self:
        """Answer what has not ended."""
        return self.filter(ended_at=None)


def _kept(name: str) -> list[pgtrigger.Trigger]:
    ended = pgtrigger.Protect(
        name=f"{name}_over", operation=pgtrigger.Update, condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL")
    )
    return [ended, pgtrigger.Protect(name=f"{name}_kept", operation=pgtrigger.Delete), no_truncate(name)]


class Closing(models.Model):
    """One closing of an account (R-END-1), under the policy it was begun under; it ends closed, kept or interrupted."""

    class Outcome(models.TextChoices):
        CLOSED = "closed", _("Kontot avslutades")
        KEPT = "kept", _("Kontot behölls")
        LOST = "lost", _("Avbröts: kontot förlorades")

    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="closings", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("Policy"))
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Påbörjat av"))
    begun_at = models.DateTimeField(_("Påbörjat"))
    reason = models.TextField(_("Varför kontot avslutas"))
    closes_on = models.DateField(_("Sista dag"))
    ended_at = models.DateTimeField(_("Slutfört"), null=True, blank=True)
    outcome = models.CharField(_("Hur det slutade"), max_length=10, choices=Outcome, blank=True)

    objects = OngoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("avslut")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(ended_at=None), name="closing_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="closing_ended_how",
            ),
        ]
        triggers = _kept("closing")

    def __str__(self) -> str:
        return _t("avslut av %(account)s") % {"account": self.account}

    def get_absolute_url(self) -> str:
        """Answer the page of the closing, which is the account's."""
        return reverse("accounts:closing-show", args=[self.account_id])


class ClosingTick(models.Model):
    """One step of a closing that is done, or left out with a reason (`done` false)."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="ticks")
    key = models.CharField(max_length=20)
    done = models.BooleanField(default=True)
    note = models.TextField(_("Anteckning"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Vem"))
    at = models.DateTimeField(_("När"))

    class Meta:
        verbose_name = _("steg i avslut")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "key"], name="closing_tick_once"),
            models.CheckConstraint(
                condition=models.Q(done=True) | ~models.Q(note=""), name="closing_tick_left_out_why"
            ),
        ]
        triggers = append_only("closing_tick")

    def __str__(self) -> str:
        return f"{self.closing_id} {self.key}"


class Loss(models.Model):
    """The time during which an account is lost or hijacked, from the report until it is recovered or closed."""

    class Outcome(models.TextChoices):
        RECOVERED = "recovered", _("Kontot togs tillbaka")
        CLOSING = "closing", _("Kontot avslutades")

    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="losses", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Anmält av"))
    reported_at = models.DateTimeField(_("Anmält"))
    what = models.TextField(_("Vad som hänt"))
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("Slut"), null=True, blank=True)
    outcome = models.CharField(_("Hur det slutade"), max_length=10, choices=Outcome, blank=True)
    how = models.TextField(_("Vad som gjordes"), blank=True)

    objects = OngoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("förlust av konto")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=models.Q(ended_at=None), name="loss_one_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="loss_ended_how",
            ),
        ]
        triggers = _kept("loss")

    def __str__(self) -> str:
        return _t("förlust av %(account)s") % {"account": self.account}

    def get_absolute_url(self) -> str:
        """Answer the page of the loss, which is the account's."""
        return reverse("accounts:loss-show", args=[self.account_id])


class LossEntry(models.Model):
    """One thing done while the account is lost: a point of the checklist (`key`), or a note of one's own."""

    class Point(models.TextChoices):
        """What a careful municipality does beside changing logins and going through who gets in; no policy says."""

        PLATFORM = "platform", _("Anmäl till plattformen och begär kontot tillbaka")
        PUBLIC = "public", _("Berätta på webbplatsen att kontot inte är kommunens just nu")
        POLICE = "police", _("Ta ställning till polisanmälan, tillsammans med säkerhetssamordnaren")
        PRIVACY = (
            "privacy",
            _("Ta ställning till om personuppgifter har kommit ut: det anmäls inom 72 timmar (GDPR artikel 33)"),
        )

    loss = models.ForeignKey(Loss, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=20, choices=Point, blank=True)
    text = models.TextField(_("Anteckning"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Vem"))
    at = models.DateTimeField(_("När"))

    class Meta:
        verbose_name = _("anteckning om förlust")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["loss", "key"], condition=~models.Q(key=""), name="loss_point_once"),
            models.CheckConstraint(condition=~models.Q(key="", text=""), name="loss_entry_says_something"),
        ]
        triggers = append_only("loss_entry")

    def __str__(self) -> str:
        return f"{self.loss_id} {self.key}"
