"""What a request is about and what came of it: the chosen records, each page's review, packages and letters."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from archive.models.disclosure import Disclosure
from archive.models.record import Record
from governance.models import User
from governance.triggers import no_truncate

# What is reviewed stands still from the moment that a package is made of it.
STANDS_STILL = """
    IF (
        SELECT request.status FROM archive_disclosure AS request
        JOIN archive_disclosurerecord AS chosen ON chosen.disclosure_id = request.id
        WHERE chosen.id = COALESCE(NEW.chosen_id, OLD.chosen_id)
    ) <> 'handling' THEN
        RAISE EXCEPTION 'uppsikt: the review is over';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class DisclosureRecord(models.Model):
    """A record that was chosen for a request; where it has been disposed of since, only its identifier stays."""

    ACCESS_UNIT: ClassVar[str] = "disclosure__unit"
    ACCESS_SEE: ClassVar[str] = "see_disclosure"

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="chosen", verbose_name=_("Begäran"))
    record = models.ForeignKey(
        Record, models.SET_NULL, null=True, related_name="disclosures", verbose_name=_("Handling")
    )
    identifier = models.UUIDField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Tillagd av"))
    added_at = models.DateTimeField(_("Tillagd"))

    class Meta:
        verbose_name = _("vald handling")
        ordering = ["disclosure", "pk"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "identifier"], name="disclosure_record_once")]

    def __str__(self) -> str:
        return str(self.identifier)

    @property
    def unit(self):
        """Answer the unit of the request."""
        return self.disclosure.unit


class DisclosurePage(models.Model):
    """One picture or file of a chosen record, and what its secrecy review came to.

    `rectangles` are the masks, [x, y, width, height] in points of the picture.
    """

    class Verdict(models.TextChoices):
        HAND_OUT = "hand_out", _("Lämnas ut")
        MASK = "mask", _("Lämnas ut med maskning")
        WITHHOLD = "withhold", _("Lämnas inte ut")

    ACCESS_UNIT: ClassVar[str] = "chosen__disclosure__unit"
    ACCESS_SEE: ClassVar[str] = "see_disclosure"

    chosen = models.ForeignKey(DisclosureRecord, models.CASCADE, related_name="pages")
    name = models.CharField(_("Filnamn"), max_length=100)
    order = models.PositiveSmallIntegerField()
    is_picture = models.BooleanField()
    verdict = models.CharField(_("Prövning"), max_length=10, choices=Verdict, blank=True)
    provision = models.CharField(_("Bestämmelse"), max_length=200, blank=True)
    rectangles = models.JSONField(default=list)
    whole = models.BooleanField(default=False)  # a file given whole although something of its record is held back
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Prövad av")
    )
    reviewed_at = models.DateTimeField(_("Prövad"), null=True, blank=True)

    class Meta:
        verbose_name = _("vald sida")
        ordering = ["chosen", "order"]
        constraints = [
            models.UniqueConstraint(fields=["chosen", "name"], name="disclosure_page_once"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["", "hand_out"]) | ~models.Q(provision=""),
                name="disclosure_page_has_provision",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="mask") | (models.Q(is_picture=True) & ~models.Q(rectangles=[])),
                name="disclosure_page_masked_where",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="hand_out") | models.Q(rectangles=[]), name="disclosure_page_open_is_whole"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="", reviewed_at=None)
                | (~models.Q(verdict="") & models.Q(reviewed_at__isnull=False)),
                name="disclosure_page_reviewed_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="disclosure_page_stands_still",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=STANDS_STILL,
            )
        ]

    def __str__(self) -> str:
        return self.name


class DisclosurePackage(models.Model):
    """What was made to be handed out, kept as a record; and when, how and by whom it was handed out."""

    class How(models.TextChoices):
        MAIL = "mail", _("E-post utanför Uppsikt")
        PAPER = "paper", _("Papper med post")
        PICKED_UP = "picked_up", _("Hämtades")
        SERVICE = "service", _("E-tjänst")
        ON_SITE = "on_site", _("Lästes på plats")

    ACCESS_UNIT: ClassVar[str] = "disclosure__unit"
    ACCESS_SEE: ClassVar[str] = "see_disclosure"

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="packages", verbose_name=_("Begäran"))
    number = models.PositiveSmallIntegerField(_("Nummer"))
    record = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="+", verbose_name=_("Handling"))
    made_at = models.DateTimeField(_("Gjort"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Gjort av"))
    sheets = models.PositiveIntegerField(_("Sidor"))
    masked = models.PositiveIntegerField(_("Maskade sidor"))
    withheld = models.PositiveIntegerField(_("Sidor som inte lämnas ut"))
    handed_at = models.DateTimeField(_("Utlämnat"), null=True, blank=True)
    handed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Utlämnat av")
    )
    how = models.CharField(_("Hur"), max_length=10, choices=How, blank=True)

    class Meta:
        verbose_name = _("utlämnande")
        ordering = ["disclosure", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="disclosure_package_number"),
            models.CheckConstraint(
                condition=models.Q(handed_at=None, handed_by=None, how="")
                | (models.Q(handed_at__isnull=False, handed_by__isnull=False) & ~models.Q(how="")),
                name="disclosure_package_handed_out_whole",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="disclosure_package_kept", operation=pgtrigger.Delete),
            no_truncate("disclosure_package"),
        ]

    def __str__(self) -> str:
        words = {"number": self.disclosure_id, "part": self.number}
        return _t("Utlämnande %(part)s efter begäran nr %(number)s") % words

    @property
    def unit(self):
        """Answer the unit of the request."""
        return self.disclosure.unit


class DisclosureLetter(models.Model):
    """A letter to whoever asked: the official's answer, or the authority's decision; its words lie in the record."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Besked")
        DECISION = "decision", _("Beslut")

    ACCESS_UNIT: ClassVar[str] = "disclosure__unit"
    ACCESS_SEE: ClassVar[str] = "see_disclosure"

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="letters", verbose_name=_("Begäran"))
    kind = models.CharField(_("Slag"), max_length=10, choices=Kind)
    reference = models.CharField(_("Beslutets nummer"), max_length=100, blank=True)
    delegation = models.CharField(_("Stöd för att besluta"), max_length=200, blank=True)
    court = models.CharField(_("Överklagas till"), max_length=100, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Av"))
    made_at = models.DateTimeField(_("Datum"))
    record = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="+", verbose_name=_("Handling"))

    class Meta:
        verbose_name = _("skrivelse om utlämnande")
        ordering = ["disclosure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="answer")
                | (~models.Q(reference="") & ~models.Q(delegation="") & ~models.Q(court="")),
                name="disclosure_decision_is_whole",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="disclosure_letter_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["record"]),
            ),
            pgtrigger.Protect(name="disclosure_letter_not_deleted", operation=pgtrigger.Delete),
            no_truncate("disclosure_letter"),
        ]

    def __str__(self) -> str:
        words = {"kind": self.get_kind_display(), "number": self.disclosure_id}
        return _t("%(kind)s om utlämnande, begäran nr %(number)s") % words

    @property
    def unit(self):
        """Answer the unit of the request."""
        return self.disclosure.unit
