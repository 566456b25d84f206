"""What somebody wants the public to see instead, until communications decides; and deviations granted with a reason."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import Unit, User
from governance.triggers import no_truncate
from governance.workflow import SYSTEM, Lifecycle, Step


class ChangeStatus(models.TextChoices):
    """Where a change stands."""

    WAITING = "waiting", _("Väntar på godkännande")
    PUBLISHED = "published", _("Publicerad")
    DECLINED = "declined", _("Avböjd")
    WITHDRAWN = "withdrawn", _("Återtagen")


LIFECYCLE = Lifecycle(
    "status",
    Step(
        "publish",
        {ChangeStatus.WAITING},
        ChangeStatus.PUBLISHED,
        _("Publicera"),
        "publish_account",
        effect="accounts.life.changes.bring_out",
        button=False,
    ),
    Step(
        "decline",
        {ChangeStatus.WAITING},
        ChangeStatus.DECLINED,
        _("Avböj"),
        "publish_account",
        asks_reason=True,
        effect="accounts.life.changes.stamp",
        color="danger",
    ),
    Step(
        "withdraw",
        {ChangeStatus.WAITING},
        ChangeStatus.WITHDRAWN,
        _("Ta tillbaka ändringen"),
        "edit_account",
        guard="accounts.life.changes.is_author",
        effect="accounts.life.changes.stamp",
        button=False,
    ),
    Step("replace", {ChangeStatus.WAITING}, ChangeStatus.WITHDRAWN, _("Ersätt"), SYSTEM),
)


class AccountChange(models.Model):
    """One person's change to what the public sees of an account; `before` is what stood there when it was written."""

    Status = ChangeStatus
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="changes", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    status = models.CharField(_("Läge"), max_length=10, choices=ChangeStatus, default=ChangeStatus.WAITING)
    before = models.JSONField()
    after = models.JSONField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Skriven av"))
    made_at = models.DateTimeField(_("Skriven"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Avgjord av")
    )
    decided_at = models.DateTimeField(_("Avgjord"), null=True, blank=True)
    note = models.TextField(_("Motivering"), blank=True)

    class Meta:
        verbose_name = _("ändring av kontots uppgifter")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "made_by"], condition=models.Q(status="waiting"), name="change_one_waiting"
            )
        ]
        triggers = [
            *LIFECYCLE.triggers("accountchange"),
            pgtrigger.Protect(
                name="change_kept_as_written",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("account", "before", "after", "made_by", "made_at"),
            ),
            pgtrigger.Protect(name="change_kept", operation=pgtrigger.Delete),
            no_truncate("change"),
        ]

    def __str__(self) -> str:
        return _t("ändring av %(account)s") % {"account": self.account}

    def get_absolute_url(self) -> str:
        """Answer the change's page."""
        return reverse("accounts:change-show", args=[self.pk])


class WaiverQuerySet(models.QuerySet["Waiver"]):
    """Waivers by whether they hold."""

    def in_force(self) -> Self:
        """Answer the waivers that hold now."""
        return self.filter(ended_at=None)


class Waiver(models.Model):
    """A deviation (avsteg) from what the policy only recommends, for one account, with its reason."""

    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="waivers", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    rule = models.CharField(_("Regel"), max_length=20)
    key = models.CharField(max_length=120)
    reason = models.TextField(_("Skäl"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Beslutat av"))
    at = models.DateTimeField(_("Beslutat"))
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("Upphävt"), null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("avsteg")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "rule", "key"], condition=models.Q(ended_at=None), name="waiver_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="waiver_has_reason"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="waiver_ended_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="waiver_kept_as_granted",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("account", "rule", "key", "reason", "by", "at"),
            ),
            pgtrigger.Protect(name="waiver_kept", operation=pgtrigger.Delete),
            no_truncate("waiver"),
        ]

    def __str__(self) -> str:
        return _t("avsteg för %(account)s") % {"account": self.account}
