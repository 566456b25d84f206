"""How one gets into an account: a note of where its login lies, or the login itself, encrypted (R-CRED-1).

Neither row tells a secret by itself: not in `str`, not in `repr`, and not in a dump of the database.
"""

import uuid
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import Unit, User
from governance.triggers import append_only, no_truncate
from governance.validators import one_line


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Logins by what is to be done with them."""

    def due(self) -> Self:
        """Answer the logins whose password must be changed."""
        return self.exclude(change_due_since=None)


class Credential(models.Model):
    """The login of one account: how it is kept, when somebody last looked, and whether it must be changed."""

    class Way(models.TextChoices):
        REFERENCE = "reference", _("Ligger någon annanstans")
        VAULT = "vault", _("Ligger i Uppsikts valv")

    class Reason(models.TextChoices):
        LEFT = "left", _("Någon som kan inloggningen har slutat")
        ENDED = "ended", _("Någon som kan inloggningen har inte längre ansvar på kontot")
        LOST = "lost", _("Kontot har anmälts som förlorat eller kapat")

    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.OneToOneField(Account, models.PROTECT, related_name="credential", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    way = models.CharField(_("Hur inloggningen förvaras"), max_length=10, choices=Way)
    kept_in = models.CharField(_("Var inloggningen ligger"), max_length=120, blank=True, validators=[one_line])
    entry = models.CharField(_("Postens namn där"), max_length=120, blank=True, validators=[one_line])
    put_there_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Lades dit av")
    )
    checked_at = models.DateTimeField(_("Senast kontrollerad"))
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Kontrollerad av"))
    changed_at = models.DateTimeField(_("Lösenordet senast bytt"), null=True, blank=True)
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Bytt av")
    )
    change_due_since = models.DateTimeField(_("Ska bytas sedan"), null=True, blank=True)
    change_due_reason = models.CharField(_("Varför lösenordet ska bytas"), max_length=10, choices=Reason, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("inloggning")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way="vault", kept_in="") | (models.Q(way="reference") & ~models.Q(kept_in="")),
                name="credential_lies_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(change_due_since=None, change_due_reason="")
                | (models.Q(change_due_since__isnull=False) & ~models.Q(change_due_reason="")),
                name="credential_due_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(changed_at=None, changed_by=None)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
                name="credential_changed_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="credential_kept", operation=pgtrigger.Delete), no_truncate("credential")]

    def __str__(self) -> str:
        return str(_("Inloggningen till %(account)s") % {"account": self.account})

    def get_absolute_url(self) -> str:
        """Answer the account's page, where the login has its panel."""
        return self.account.get_absolute_url()


class Secret(models.Model):
    """What the vault holds of one login: ciphertext under a key of its own, which is wrapped by the installation's.

    `accounts.credentials.vault` reads and writes it. Both encryptions are bound to this row's id, its account and its
    revision: a row that is exchanged for another, or set back to what it was, opens no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    credential = models.OneToOneField(Credential, models.PROTECT, related_name="secret")
    revision = models.PositiveIntegerField(default=1)
    ciphertext = models.BinaryField()
    wrapped_key = models.BinaryField()
    key_id = models.CharField(max_length=16)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["key_id"], name="secret_key_id")]
        triggers = [no_truncate("secret")]

    def __str__(self) -> str:
        return str(self.pk)


class Reveal(models.Model):
    """Who has been shown a login, and when: that person knows it until it is changed. The reason is in the log."""

    ACCESS_SEE: ClassVar[str] = "see_account"

    account = models.ForeignKey(Account, models.PROTECT, related_name="reveals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="reveals")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only("reveal")

    def __str__(self) -> str:
        return f"{self.credential_id} {self.at:%Y-%m-%d %H:%M}"
