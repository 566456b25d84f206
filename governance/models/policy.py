"""The municipality's policy in its versions; an adopted one can never change."""

from functools import lru_cache
from typing import ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.people import User
from governance.policy.reader import read
from governance.policy.schema import Policy
from governance.triggers import append_only, no_truncate
from governance.workflow import Lifecycle, Step


@lru_cache(maxsize=32)
def _parsed(sha256: str, source: str) -> Policy:
    return read(source, sha256[:12])


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    """Which policy holds."""

    def current(self) -> "PolicyVersion | None":
        """Answer the version adopted last, or None before the first is adopted."""
        return self.filter(status=PolicyVersion.Status.ADOPTED).order_by("-adopted_at", "-pk").first()


class Status(models.TextChoices):
    LOADED = "loaded", _("Inläst")
    ADOPTED = "adopted", _("Antagen")


LIFECYCLE = Lifecycle(
    "status",
    Step(
        "adopt",
        {Status.LOADED},
        Status.ADOPTED,
        _("Anta policyn"),
        "adopt_policy",
        asks_reason=True,
        effect="governance.policies_in_force.stamp_adoption",
        button=False,
    ),
)


class PolicyVersion(models.Model):
    """One version of a policy, with the file it was read from, word for word."""

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_UNIT: ClassVar[str | None] = None  # seen by whoever may see it anywhere, acted on from the root
    ACCESS_SEE: ClassVar[str] = "see_policy"

    key = models.SlugField(_("Nyckel"), max_length=60)
    number = models.PositiveIntegerField(_("Version"))
    title = models.CharField(_("Titel"), max_length=200)
    municipality = models.CharField(_("Kommun"), max_length=200)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.LOADED)
    loaded_at = models.DateTimeField(auto_now_add=True)
    adopted_at = models.DateTimeField(_("Antagen i Uppsikt"), null=True, blank=True)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(_("Beslut"), max_length=200, blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("policyversion")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="policy_version_number"),
            models.CheckConstraint(
                condition=models.Q(status="loaded", adopted_at=None)
                | models.Q(status="adopted", adopted_at__isnull=False),
                name="policy_adopted_when",
            ),
        ]
        triggers = [
            *LIFECYCLE.triggers("policyversion"),
            pgtrigger.Protect(
                name="policy_adopted_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="adopted"),
            ),
            no_truncate("policy"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        """Answer the version's page."""
        return reverse("governance:policy-show", args=[self.pk])

    @property
    def policy(self) -> Policy:
        """Answer the rules of this version, read from its file."""
        return _parsed(self.sha256, self.source)


class Acknowledgement(models.Model):
    """A person's word that the guidelines are read, in the version that then held (R-PLAN-8); kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="acknowledgements", verbose_name=_("Person"))
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="acknowledgements")
    at = models.DateTimeField(_("Läst"))

    class Meta:
        verbose_name = _("läst riktlinje")
        constraints = [models.UniqueConstraint(fields=["user", "policy_version"], name="acknowledged_once")]
        triggers = append_only("acknowledgement")

    def __str__(self) -> str:
        return f"{self.user_id} {self.policy_version_id}"
