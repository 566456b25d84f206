"""A person who signs in, and the roles a person holds in the organisation."""

from datetime import date
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from governance.models.organisation import Unit
from governance.permissions import ROLE_LABELS, ROLES
from governance.sorting import swedish_key
from governance.validators import one_line

FUNCTION_ONLY = _("Medarbetare med skyddade personuppgifter")


class UserQuerySet(models.QuerySet["User"]):
    """People by who they are."""

    def active(self) -> Self:
        """Answer those who are still here."""
        return self.filter(is_active=True)

    def called(self, words: str) -> Self:
        """Answer those with these words in their name, title or address; one who is protected only by the title."""
        by_name = models.Q(real_name__icontains=words) | models.Q(email__icontains=words)
        return self.filter(models.Q(title__icontains=words) | (by_name & models.Q(protected_identity=False)))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]
    """Makes people, by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Create a person; without a password nobody can sign in as this person until one is set."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by the e-mail address, in any case of letters."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person at the municipality; the e-mail address is the login.

    `name` is what a person is shown as everywhere: the function alone where the identity is protected. `real_name` is
    read by those who keep the organisation, and nowhere else.
    """

    email = models.EmailField(_("E-post"), unique=True)
    real_name = models.CharField(_("Namn"), max_length=150, validators=[one_line])
    title = models.CharField(_("Titel"), max_length=150, blank=True, validators=[one_line])
    phone = models.CharField(_("Telefon"), max_length=40, blank=True, validators=[one_line])
    is_active = models.BooleanField(_("Aktiv"), default=True)
    # The last day here, known ahead: the login ends by itself after it.
    leaves_on = models.DateField(_("Sista dag"), null=True, blank=True)
    protected_identity = models.BooleanField(_("Skyddade personuppgifter"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sort_key = models.CharField(max_length=200, editable=False, default="")

    audit_label = ""  # the log's lasting part names nobody
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["real_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        ordering = ["sort_key", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def name(self) -> str:
        """Answer what this person is shown as: the name, or the function where the identity is protected."""
        return (self.title or str(FUNCTION_ONLY)) if self.protected_identity else self.real_name

    @name.setter
    def name(self, name: str) -> None:
        self.real_name = name

    @property
    def shown_email(self) -> str:
        """Answer the address that others may read: none where the identity is protected."""
        return "" if self.protected_identity else self.email

    @property
    def shown_phone(self) -> str:
        """Answer the telephone that others may read: none where the identity is protected."""
        return "" if self.protected_identity else self.phone

    def save(self, *args, **kwargs) -> None:
        """Save, with the address in lower case and the name's Swedish order beside it."""
        self.email = self.email.lower()
        self.sort_key = swedish_key(self.name)
        super().save(*args, **kwargs)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Who holds what, on a day."""

    def in_force(self, day: date) -> Self:
        """Answer the assignments that hold on `day`, of people who are still here."""
        lasting = models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        return self.filter(lasting, valid_from__lte=day, user__is_active=True)

    def giving(self, permission: str) -> Self:
        """Answer the assignments whose role gives `permission`."""
        return self.filter(role__in=[role for role, held in ROLES.items() if permission in held])

    def covering(self, unit: Unit) -> Self:
        """Answer the assignments on `unit` or above it, nearest first."""
        return self.filter(unit__in=Unit.objects.above(unit)).order_by("-unit__depth", "user__sort_key")


class RoleAssignment(models.Model):
    """A role that a person holds on a unit and all below it, between two dates."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles", verbose_name=_("Person"))
    role = models.CharField(_("Roll"), max_length=40, choices=ROLE_LABELS)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name=_("Enhet"))
    valid_from = models.DateField(_("Från och med"))
    valid_to = models.DateField(_("Till och med"), null=True, blank=True)
    secrecy = models.BooleanField(_("Får se sekretessmarkerade uppgifter"), default=False)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # A stand-in holds the role beside the one who is away, between the same dates (R-PLAN-12).
    standing_in_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rolltilldelning")
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=list(ROLES)), name="role_known"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="role_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"

    @property
    def audit_label(self) -> str:
        """Answer what the log may keep for ever: the role and where, never the person."""
        return f"{self.get_role_display()}, {self.unit}"
