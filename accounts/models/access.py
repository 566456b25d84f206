"""Who gets into an account on its platform, person by person (R-REG-9, R-REG-10, R-CRED-2)."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import Unit, User
from governance.triggers import no_truncate
from governance.validators import one_line


class PlatformAccessQuerySet(models.QuerySet["PlatformAccess"]):
    """Ways into accounts, by what is known of them."""

    def standing(self) -> Self:
        """Answer those that have not ended, as far as is known."""
        return self.filter(ended_at=None)

    def unconfirmed(self) -> Self:
        """Answer those that nobody has said are so."""
        return self.standing().filter(confirmed_at=None, end_due_since=None)

    def to_be_ended(self) -> Self:
        """Answer those of people who should get in no more."""
        return self.standing().exclude(end_due_since=None)


class PlatformAccess(models.Model):
    """One person's way into one account on the platform, from when it is expected until somebody has ended it there.

    Uppsikt cannot see the platform: the row says what should be, and when who last saw that it was so.
    """

    class Way(models.TextChoices):
        OWN = "own", _("Egen inloggning med en roll där")
        SHARED = "shared", _("Gemensam inloggning")

    class Ground(models.TextChoices):
        DUTY = "duty", _("Ansvar på kontot")
        REGISTRAR = "registrar", _("Registrator")
        OTHER = "other", _("Annan")

    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="platform_access", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    person = models.ForeignKey(User, models.PROTECT, related_name="platform_access", verbose_name=_("Person"))
    ground = models.CharField(_("Varför"), max_length=10, choices=Ground, default=Ground.OTHER)
    role = models.CharField(_("Roll på plattformen"), max_length=60, blank=True, validators=[one_line])
    way = models.CharField(_("Hur personen loggar in"), max_length=6, choices=Way)
    expected_at = models.DateTimeField(_("Väntas sedan"))
    confirmed_at = models.DateTimeField(_("Bekräftad"), null=True, blank=True)
    two_factor_on = models.DateField(_("Tvåfaktor bekräftad"), null=True, blank=True)
    two_factor_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("Senast kontrollerad"), null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    end_due_since = models.DateTimeField(_("Ska avslutas sedan"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Avslutad"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlatformAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("åtkomst på plattformen")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "person"],
                condition=models.Q(ended_at=None),
                name="access_once_per_person",
                violation_error_message=_("Personen står redan på listan."),
            ),
            models.CheckConstraint(condition=models.Q(way__in=["own", "shared"]), name="access_way"),
            models.CheckConstraint(condition=models.Q(ground__in=["duty", "registrar", "other"]), name="access_ground"),
            models.CheckConstraint(
                condition=models.Q(two_factor_on=None, two_factor_by=None)
                | models.Q(two_factor_on__isnull=False, two_factor_by__isnull=False),
                name="access_two_factor_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_at=None, checked_by=None)
                | models.Q(checked_at__isnull=False, checked_by__isnull=False),
                name="access_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="access_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(checked_at__isnull=False),
                name="access_confirmed_is_checked",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="access_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="access_ended_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            no_truncate("platformaccess"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.person}"

    @property
    def audit_label(self) -> str:
        """Answer what the log may keep for ever: the account, never the person."""
        return str(self.account)

    @property
    def is_to_be_ended(self) -> bool:
        """Answer whether the person should get in no more, and nobody has seen to it."""
        return self.ended_at is None and self.end_due_since is not None
