"""Disposal (gallring): what is proposed, by whom it is approved, and what remains of what has gone."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from archive.models.record import Record
from archive.models.retention import DisposalDecision, DocumentKind
from governance.models import Authority, Unit, User
from governance.triggers import append_only
from governance.workflow import SYSTEM, Lifecycle, Step

# Whoever writes a disposal straight into the table cannot begin anywhere but at its beginning.
BEGINS_AS_PROPOSED = """
    IF NEW.status <> 'proposed' AND NOT (NEW.origin = 'restore' AND NEW.status = 'running') THEN
        RAISE EXCEPTION 'uppsikt: a disposal begins as a proposal';
    END IF;
    RETURN NEW;
"""
# What was put before the second person is what is carried out.
FROZEN_LIST = """
    IF EXISTS (
        SELECT 1 FROM archive_disposal WHERE id = NEW.disposal_id
        AND NOT (status = 'proposed' OR (origin = 'restore' AND status = 'running'))
    ) THEN
        RAISE EXCEPTION 'uppsikt: nothing is added to a disposal that was decided';
    END IF;
    RETURN NEW;
"""


class Status(models.TextChoices):
    PROPOSED = "proposed", _("Föreslagen")
    APPROVED = "approved", _("Godkänd")
    RUNNING = "running", _("Utförs")
    DONE = "done", _("Utförd")
    REJECTED = "rejected", _("Avslagen")
    WITHDRAWN = "withdrawn", _("Återtagen")


LIFECYCLE = Lifecycle(
    "status",
    Step(
        "approve",
        {Status.PROPOSED},
        Status.APPROVED,
        _("Godkänn gallringen"),
        "approve_disposal",
        other_than=("proposed_by",),
        guard="archive.disposing.guards.may_be_approved",
        effect="archive.disposing.guards.note_approval",
        button=False,
    ),
    Step(
        "reject",
        {Status.PROPOSED},
        Status.REJECTED,
        _("Avslå"),
        "approve_disposal",
        asks_reason=True,
        other_than=("proposed_by",),
        effect="archive.disposing.guards.let_go",
        color="danger",
    ),
    Step(
        "withdraw",
        {Status.PROPOSED, Status.APPROVED},
        Status.WITHDRAWN,
        _("Ta tillbaka förslaget"),
        "propose_disposal",
        effect="archive.disposing.guards.let_go",
    ),
    Step("start", {Status.APPROVED}, Status.RUNNING, _("Påbörja"), SYSTEM, effect="archive.disposing.guards.begin"),
    Step("finish", {Status.RUNNING}, Status.DONE, _("Bli klar"), SYSTEM, effect="archive.disposing.guards.end"),
)


class Disposal(models.Model):
    """One disposal: records of one kind and one authority, under one decision, from proposal to protocol."""

    Status = Status

    class Origin(models.TextChoices):
        PROPOSAL = "proposal", _("Förslag")
        RESTORE = "restore", _("Efter återställning")

    ACCESS_SEE: ClassVar[str] = "see_record"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PROPOSAL)
    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.PROPOSED)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    kind = models.ForeignKey(DocumentKind, models.PROTECT, null=True, related_name="+", verbose_name=_("Handlingstyp"))
    decision = models.ForeignKey(
        DisposalDecision, models.PROTECT, null=True, related_name="disposals", verbose_name=_("Gallringsbeslut")
    )
    note = models.TextField(_("Anmärkning"), blank=True)
    proposed_at = models.DateTimeField(_("Föreslagen"))
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Föreslagen av"))
    approved_at = models.DateTimeField(_("Godkänd"), null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Godkänd av"))
    started_at = models.DateTimeField(_("Påbörjad"), null=True)
    finished_at = models.DateTimeField(_("Utförd"), null=True)
    reason = models.TextField(_("Skäl"), blank=True)

    class Meta:
        verbose_name = _("gallring")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin="restore")
                | models.Q(decision__isnull=False, kind__isnull=False, proposed_by__isnull=False),
                name="disposal_under_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="restore")
                | ~models.Q(status__in=["approved", "running", "done"])
                | (
                    models.Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~models.Q(approved_by=models.F("proposed_by"))
                ),
                name="disposal_by_two_persons",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status"],
                condition=models.Q(status__in=["approved", "running"]),
                name="disposal_under_way",
            )
        ]
        triggers = [
            *LIFECYCLE.triggers("disposal"),
            pgtrigger.Trigger(
                name="disposal_begins_as_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=BEGINS_AS_PROPOSED,
            ),
            pgtrigger.Protect(
                name="disposal_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "origin", "unit", "authority", "kind", "decision", "proposed_by", "proposed_at"
                ),
            ),
            *append_only("disposal", update=False),
        ]

    def __str__(self) -> str:
        return _t("Gallring %(number)s: %(kind)s") % {"number": self.pk, "kind": self.kind or self.get_origin_display()}

    def get_absolute_url(self) -> str:
        """Answer the disposal's page."""
        return reverse("archive:disposal-show", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Answer whether it is not decided yet, or not carried out."""
        return self.status in (self.Status.PROPOSED, self.Status.APPROVED, self.Status.RUNNING)


class DisposalRow(models.Model):
    """One record on the list of a disposal, frozen when it was proposed; a record stands on one open list only."""

    class Outcome(models.TextChoices):
        WAITING = "", _("Väntar")
        DISPOSED = "disposed", _("Gallrad")
        HELD = "held", _("Kvar: gallringsstopp")
        CHANGED = "changed", _("Kvar: ska inte gallras nu")
        EXEMPTED = "exempted", _("Undantagen")
        LET_GO = "let_go", _("Kvar: gallringen blev inte av")

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="rows")
    record = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="disposal_rows")
    identifier = models.UUIDField()
    number = models.BigIntegerField(_("Nummer"))
    outcome = models.CharField(_("Utfall"), max_length=10, choices=Outcome, default=Outcome.WAITING, blank=True)
    reason = models.CharField(_("Skäl"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("Klar"), null=True)
    emptied = models.JSONField(default=dict)  # what each holder says that it emptied: label -> count
    leftovers = models.JSONField(default=list)  # files outside the archive's storage that must go: [storage, name]
    discards = models.JSONField(default=list)  # the orders (Discard) to take its files out of the storage
    gone_at = models.DateTimeField(_("Filerna borta"), null=True)

    class Meta:
        verbose_name = _("handling i gallring")
        ordering = ["disposal", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["disposal", "identifier"], name="disposal_row_once"),
            models.UniqueConstraint(
                fields=["identifier"], condition=models.Q(outcome=""), name="disposal_row_one_open"
            ),
        ]
        indexes = [models.Index(fields=["disposal", "outcome"], name="disposal_row_outcome")]
        triggers = [
            pgtrigger.Trigger(
                name="disposal_row_frozen", when=pgtrigger.Before, operation=pgtrigger.Insert, func=FROZEN_LIST
            ),
            pgtrigger.Protect(
                name="disposal_row_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("disposal", "identifier", "number"),
            ),
            *append_only("disposal_row", update=False),
        ]

    def __str__(self) -> str:
        return f"{self.disposal_id} {self.number}"


class DisposedRecord(models.Model):
    """What remains of a record that was disposed of: which it was and that it was whole, never what stood in it."""

    ACCESS_SEE: ClassVar[str] = "see_record"

    identifier = models.UUIDField(unique=True, default=uuid.uuid4)
    number = models.BigIntegerField(_("Nummer"), db_index=True)
    kind = models.CharField(_("Slag"), max_length=10, choices=Record.Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    unit_label = models.CharField(_("Enhet"), max_length=200)
    authority_label = models.CharField(_("Myndighet"), max_length=200)
    made_at = models.DateTimeField(_("Gjord"))
    kept_at = models.DateTimeField(_("Arkiverad"))
    document_kind_label = models.CharField(_("Handlingstyp"), max_length=200)
    decision_label = models.CharField(_("Gallringsbeslut"), max_length=400)
    manifest_sha256 = models.CharField(_("Manifestets kontrollsumma"), max_length=64)
    files = models.JSONField(_("Filer"), default=list)  # [{"sha256", "size", "media_type"}], no names
    source_type = models.CharField(max_length=80)
    source_id = models.BigIntegerField()
    disposed_at = models.DateTimeField(_("Gallrad"), db_index=True)
    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="disposed", verbose_name=_("Gallring"))

    class Meta:
        verbose_name = _("gallrad handling")
        ordering = ["-disposed_at", "-pk"]
        indexes = [models.Index(fields=["kind", "source_type", "source_id"], name="disposed_record_source")]
        triggers = append_only("disposed_record")

    def __str__(self) -> str:
        return _t("Handling %(number)s, gallrad") % {"number": self.number}
