"""A social media account of the municipality, from the first draft of its plan until long after it is closed."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.platform import Platform
from accounts.models.standing import HIDDEN_KINDS, LIFECYCLE, RUNNING, Status
from governance.models import Authority, Unit, User
from governance.permissions import ACCOUNT_PERMISSIONS
from governance.policy.schema import Scope
from governance.sorting import swedish_key
from governance.triggers import no_truncate
from governance.validators import one_line
from governance.workflow import Lifecycle

# What a plan says of its account is fixed while the plan lies before its signers. What was signed stays in its seal;
# after that the account changes by decisions that stand in the log (R-PLAN-11), but its platform never does. The plan's
# row is locked, so that one that is just being submitted is waited for.
FROZEN = """
    PERFORM 1 FROM accounts_activityplan WHERE account_id = OLD.id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM accounts_activityplan WHERE account_id = OLD.id
        AND (status = 'signing' OR (status = 'approved' AND OLD.platform_id <> NEW.platform_id))
    ) THEN
        RAISE EXCEPTION 'uppsikt: an account cannot differ from what its plan was signed for';
    END IF;
    RETURN NEW;
"""
SIGNED = ("name", "platform_id", "unit_id", "kind", "visibility", "visibility_reason")
SEASON_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"  # month and day, "06-01"


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts by what they are now."""

    def active(self) -> Self:
        """Answer the accounts that are open and not paused."""
        return self.filter(status=Account.Status.ACTIVE)

    def running(self) -> Self:
        """Answer the accounts that others can read and write on, and that must be watched: paused ones too."""
        return self.filter(status__in=RUNNING)

    def opened(self) -> Self:
        """Answer the accounts that have ever been open under the municipality's name."""
        return self.filter(status__in=[*RUNNING, Account.Status.LOST, Account.Status.CLOSED])

    def public(self) -> Self:
        """Answer what the public may know of (R-REG-2): what was opened, except internal and monitoring accounts."""
        hidden = models.Q(kind__in=HIDDEN_KINDS) | models.Q(visibility=Account.Visibility.INTERNAL)
        return self.opened().exclude(hidden).select_related("platform", "unit", "authority")

    def official(self) -> Self:
        """Answer what stands on the public list as the municipality's own: public, and neither closed nor lost."""
        return self.public().filter(status__in=RUNNING)


class Account(models.Model):
    """One account on one platform; `unit` answers for it, others may publish there (R-REG-1).

    `public_*` and `audience` are what the public sees beside the name: they change by `accounts.life.changes` alone.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY_WIDE = "municipality_wide", _("Kommunövergripande")
        UNIT = "unit", _("Verksamhetens eget")
        RECRUITMENT = "recruitment", _("Rekrytering")
        CRISIS = "crisis", _("Kris")
        INTERNAL = "internal", _("Intern kommunikation")
        MONITORING = "monitoring", _("Omvärldsbevakning")

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
    publishing_units = models.ManyToManyField(
        Unit, verbose_name=_("Fler enheter som publicerar"), related_name="+", blank=True
    )
    uses = ArrayField(models.CharField(max_length=20), verbose_name=_("Används till"), default=list, blank=True)
    status = models.CharField(_("Läge"), max_length=12, choices=Status, default=Status.PROPOSED)
    address = models.URLField(_("Webbadress"), max_length=300, blank=True)
    handle = models.CharField(_("Användarnamn"), max_length=300, blank=True)
    public_about = models.TextField(_("Vad kontot är till för"), max_length=1000, blank=True)
    public_about_en = models.TextField(_("Vad kontot är till för, på engelska"), max_length=1000, blank=True)
    public_contact = models.CharField(_("Kontakt: funktion"), max_length=120, blank=True, validators=[one_line])
    public_email = models.EmailField(_("Kontakt: funktionsadress"), blank=True)
    public_phone = models.CharField(_("Kontakt: telefon"), max_length=40, blank=True, validators=[one_line])
    audience = models.CharField(
        _("Vilka ett låst konto är till för"), max_length=200, blank=True, validators=[one_line]
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Föreslaget av"))
    proposed_at = models.DateTimeField(_("Föreslaget"))
    opened_at = models.DateTimeField(_("Öppnat"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Avslutat"), null=True, blank=True)
    # A closed account keeps its address, and nobody else can have it, until it is let go on purpose.
    address_released_at = models.DateTimeField(_("Adressen släppt"), null=True, blank=True)
    # Where the public is led when this one ends: "vi finns nu på ...".
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ersätts av")
    )
    # Inherited from before Uppsikt: the plan must be in force by this day.
    plan_due_on = models.DateField(_("Planen ska vara klar"), null=True, blank=True)
    paused_until = models.DateField(_("Pausat till och med"), null=True, blank=True)
    season_from = models.CharField(
        _("Säsongen börjar"), max_length=5, blank=True, validators=[RegexValidator(SEASON_DAY)]
    )
    season_to = models.CharField(
        _("Säsongen slutar"), max_length=5, blank=True, validators=[RegexValidator(SEASON_DAY)]
    )
    sort_key = models.CharField(max_length=120, editable=False, default="")

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("konto")
        ordering = ["sort_key", "pk"]
        default_permissions = ()
        permissions = [(name, name) for name in sorted(ACCOUNT_PERMISSIONS)]
        indexes = [
            models.Index(Lower("address"), name="account_by_address"),
            models.Index(Lower("handle"), name="account_by_handle"),
            models.Index(fields=["sort_key"], name="account_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                condition=~models.Q(address="") & models.Q(address_released_at__isnull=True),
                name="account_address_once",
                violation_error_message=_("Adressen hör redan till ett annat konto i registret."),
            ),
            models.CheckConstraint(
                condition=models.Q(address_released_at__isnull=True) | models.Q(status="closed"),
                name="account_released_when_closed",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["active", "paused", "closing", "closed", "lost"])
                | (~models.Q(address="") & models.Q(opened_at__isnull=False)),
                name="account_active_has_address",
            ),
            models.CheckConstraint(
                condition=models.Q(visibility="open") | ~models.Q(visibility_reason=""),
                name="account_hidden_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="closed") | models.Q(closed_at__isnull=False), name="account_closed_when"
            ),
            models.CheckConstraint(
                condition=models.Q(season_from="", season_to="") | ~(models.Q(season_from="") | models.Q(season_to="")),
                name="account_season_whole",
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
    def known_since(self) -> datetime:
        """Answer since when Uppsikt can ask anything about it: when it was opened, or taken over if it lived before."""
        return max(self.opened_at or self.proposed_at, self.proposed_at)

    @property
    def is_inherited(self) -> bool:
        """Answer whether it lived before anybody entered it here."""
        return self.opened_at is not None and self.opened_at < self.proposed_at

    @property
    def is_running(self) -> bool:
        """Answer whether others can read and write on it, so that it must be watched: paused ones too."""
        return self.status in RUNNING

    @property
    def is_shown_to_public(self) -> bool:
        """Answer whether the public may know of it once it is open: not where it is internal or only monitors."""
        return self.kind not in HIDDEN_KINDS and self.visibility != self.Visibility.INTERNAL

    @property
    def scope(self) -> Scope:
        """Answer where this account stands among a policy's exceptions; the nearest rule wins."""
        units = tuple(Unit.objects.above(self.unit).values_list("name", flat=True))
        return Scope(account_kind=self.kind, platform=self.platform.key, units=units, account=self.name)
