"""What a record's day waits for, and what stops a disposal however far it has come (gallringsstopp)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from archive.models.record import Record
from archive.models.retention import DocumentKind
from governance.models import Unit, User
from governance.triggers import append_only


class OutOfUse(models.Model):
    """That a record is no longer current (inaktuell): the day from which some kinds are counted."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="out_of_use", primary_key=True)
    day = models.DateField(_("Inte längre aktuell från"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Bedömt av"))
    at = models.DateTimeField(_("Bedömt"))

    class Meta:
        verbose_name = _("bedömning att handlingen inte är aktuell")

    def __str__(self) -> str:
        return f"{self.record_id} {self.day}"


class DisposalHold(models.Model):
    """A stop (gallringsstopp): nothing that it covers is disposed of, however far that had come, until it ends."""

    class Scope(models.TextChoices):
        RECORD = "record", _("En handling")
        ACCOUNT = "account", _("Ett konto")
        UNIT = "unit", _("En enhet och de under den")
        KIND = "kind", _("En handlingstyp")
        EVERYTHING = "everything", _("Alla handlingar")

    ACCESS_SEE: ClassVar[str] = "see_record"
    ACCESS_ACCOUNT: ClassVar[None] = None

    scope = models.CharField(_("Gäller"), max_length=10, choices=Scope)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    record = models.ForeignKey(
        Record, models.SET_NULL, null=True, blank=True, related_name="holds", verbose_name=_("Handling")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Konto")
    )
    kind = models.ForeignKey(
        DocumentKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Handlingstyp")
    )
    reason = models.TextField(_("Skäl"))
    made_at = models.DateTimeField(_("Beslutat"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Beslutat av"))
    ended_at = models.DateTimeField(_("Hävt"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Hävt av")
    )
    end_reason = models.TextField(_("Skäl till att stoppet hävs"), blank=True)

    class Meta:
        verbose_name = _("gallringsstopp")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=["unit", "everything"], record=None, account=None, kind=None)
                | models.Q(scope="account", account__isnull=False, record=None, kind=None)
                | models.Q(scope="kind", kind__isnull=False, record=None, account=None)
                | (
                    models.Q(scope="record", account=None, kind=None)
                    & (models.Q(record__isnull=False) | models.Q(ended_at__isnull=False))
                ),
                name="disposal_hold_covers_something",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="disposal_hold_has_reason"),
        ]
        indexes = [models.Index(fields=["scope"], condition=models.Q(ended_at=None), name="disposal_hold_in_force")]
        triggers = [
            pgtrigger.Protect(
                name="disposal_hold_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ended_at", "ended_by", "end_reason", "record"]),
            ),
            *append_only("disposal_hold", update=False),
        ]

    def __str__(self) -> str:
        return _t("Gallringsstopp: %(what)s") % {"what": self.covers}

    def get_absolute_url(self) -> str:
        """Answer the stop's page."""
        return reverse("archive:hold-show", args=[self.pk])

    @property
    def covers(self) -> str:
        """Answer what it covers, without a word of what stands in any record."""
        words = {
            self.Scope.RECORD: _t("handling %(n)s") % {"n": self.record_id or _t("som är gallrad")},
            self.Scope.ACCOUNT: str(self.account),
            self.Scope.UNIT: str(self.unit),
            self.Scope.KIND: str(self.kind),
            self.Scope.EVERYTHING: _t("alla handlingar"),
        }
        return words[self.Scope(self.scope)]
