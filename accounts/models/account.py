"""A social media account of the municipality, from the first draft of its plan until long after it is closed."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.platform import Platform
from governance.models import Authority, Unit, User
from governance.permissions import ACCOUNT_PERMISSIONS
from governance.policy.schema import Scope
from governance.sorting import swedish_key
from governance.triggers import no_truncate
from governance.validators import one_line
from governance.workflow import SYSTEM, Lifecycle, Step

# What a plan says of its account: fixed from when the plan lies before its signers, and for as long as it is in force.
# The plan's row is locked, so that one that is just being submitted is waited for.
FROZEN = """
    PERFORM 1 FROM accounts_activityplan WHERE account_id = OLD.id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM accounts_activityplan WHERE account_id = OLD.id AND status IN ('signing', 'approved')
    ) THEN
        RAISE EXCEPTION 'uppsikt: an account cannot differ from what its plan was signed for';
    END IF;
    RETURN NEW;
"""
SIGNED = ("name", "platform_id", "unit_id", "kind", "visibility", "visibility_reason")


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts by what they are now."""

    def active(self) -> Self:
        """Answer the accounts that the municipality runs."""
        return self.filter(status=Account.Status.ACTIVE)

    def official(self) -> Self:
        """Answer what the public list shows: active accounts that are not internal (R-REG-2)."""
        return self.active().exclude(visibility=Account.Visibility.INTERNAL).select_related("platform", "unit")


class Status(models.TextChoices):
    PROPOSED = "proposed", _("Föreslaget")
    APPROVED = "approved", _("Godkänt, inte öppnat")
    ACTIVE = "active", _("Aktivt")
    WITHDRAWN = "withdrawn", _("Återtaget")


LIFECYCLE = Lifecycle(
    "status",
    Step("approve", {Status.PROPOSED}, Status.APPROVED, _("Godkänn"), SYSTEM),
    Step("reconsider", {Status.APPROVED}, Status.PROPOSED, _("Ompröva"), SYSTEM),
    Step("open", {Status.APPROVED}, Status.ACTIVE, _("Öppna kontot"), "open_account", button=False),
    Step("withdraw", {Status.PROPOSED}, Status.WITHDRAWN, _("Återta"), SYSTEM),
)


class Account(models.Model):
    """One account on one platform; `unit` answers for it (R-REG-1)."""

    class Kind(models.TextChoices):
        MUNICIPALITY_WIDE = "municipality_wide", _("Kommunövergripande")
        UNIT = "unit", _("Verksamhetens eget")

    class Visibility(models.TextChoices):
        OPEN = "open", _("Öppet för alla")
        LOCKED = "locked", _("Låst, bara godkända följare")
        INTERNAL = "internal", _("Internt")

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_ACCOUNT: ClassVar[str] = "pk"
    ACCESS_SEE: ClassVar[str] = "see_account"

    name = models.CharField(_("Kontots namn"), max_length=120, validators=[one_line])
    platform = models.ForeignKey(Platform, models.PROTECT, verbose_name=_("Plattform"))
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("Ansvarig enhet"), related_name="accounts")
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("Myndighet"), related_name="+")
    kind = models.CharField(_("Slag av konto"), max_length=20, choices=Kind, default=Kind.UNIT)
    visibility = models.CharField(_("Vem kan se kontot"), max_length=10, choices=Visibility, default=Visibility.OPEN)
    visibility_reason = models.CharField(
        _("Skäl till att kontot inte är öppet"), max_length=300, blank=True, validators=[one_line]
    )
    status = models.CharField(_("Läge"), max_length=12, choices=Status, default=Status.PROPOSED)
    address = models.URLField(_("Webbadress"), max_length=300, blank=True)
    handle = models.CharField(_("Användarnamn"), max_length=300, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Föreslaget av"))
    proposed_at = models.DateTimeField(_("Föreslaget"))
    opened_at = models.DateTimeField(_("Öppnat"), null=True, blank=True)
    sort_key = models.CharField(max_length=120, editable=False, default="")

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("konto")
        ordering = ["sort_key", "pk"]
        default_permissions = ()
        permissions = [(name, name) for name in sorted(ACCOUNT_PERMISSIONS)]
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=~models.Q(address=""),
                name="account_address_once",
                violation_error_message=_("Adressen hör redan till ett annat konto i registret."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="active") | (~models.Q(address="") & models.Q(opened_at__isnull=False)),
                name="account_active_has_address",
            ),
            models.CheckConstraint(
                condition=models.Q(visibility="open") | ~models.Q(visibility_reason=""),
                name="account_hidden_has_reason",
            ),
        ]
        triggers = [
            *LIFECYCLE.triggers("account"),
            pgtrigger.Trigger(
                name="account_frozen_under_signature",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*SIGNED),
                func=FROZEN,
            ),
            pgtrigger.Protect(name="account_kept", operation=pgtrigger.Delete),
            no_truncate("account"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.platform})"

    def save(self, *args, **kwargs) -> None:
        """Save, with the Swedish order beside the name, and the authority the account was made under."""
        self.sort_key = swedish_key(self.name)
        if self.authority_id is None:
            self.authority = self.unit.authority
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Answer the account's page."""
        return reverse("accounts:account-show", args=[self.pk])

    @property
    def scope(self) -> Scope:
        """Answer where this account stands among a policy's exceptions; the nearest rule wins."""
        units = tuple(Unit.objects.above(self.unit).values_list("name", flat=True))
        return Scope(account_kind=self.kind, platform=self.platform.key, units=units, account=self.name)
