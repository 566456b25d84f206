"""What stands beside a record: the text by which it is found, and the mark that some of it may be secret."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.record import Record
from governance.models import Authority, User

# The mark on the record says what its markings say, at the end of every transaction that touches one.
AGREES = """
    IF EXISTS (
        SELECT 1 FROM archive_record AS record WHERE record.id = NEW.record_id AND record.secret <> EXISTS (
            SELECT 1 FROM archive_secrecymarking WHERE record_id = record.id AND ended_at IS NULL
        )
    ) THEN
        RAISE EXCEPTION 'uppsikt: a record is marked secret while a marking is in force, and not otherwise';
    END IF;
    RETURN NULL;
"""
ENDING = ("ended_at", "ended_by", "end_reason")


class RecordText(models.Model):
    """Everything that can be searched in one record; it goes with the record."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="text", primary_key=True)
    text = models.TextField()
    vector = SearchVectorField(null=True)

    class Meta:
        verbose_name = _("handlingens text")
        indexes = [GinIndex(fields=["vector"], name="record_text_vector")]

    def __str__(self) -> str:
        return f"text of record {self.pk}"


class SecrecyMarking(models.Model):
    """A note that a record may hold secret information (OSL 5:5): the provision, the day and the authority.

    It is a reminder, not a decision: each request is tried anew. One is in force at a time; an ended one stays.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="markings", verbose_name=_("Handling"))
    provision = models.CharField(_("Tillämplig bestämmelse"), max_length=200)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    note = models.TextField(_("Vad uppgiften rör"), blank=True)
    made_at = models.DateTimeField(_("Markerad"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Markerad av"))
    ended_at = models.DateTimeField(_("Hävd"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Hävd av"))
    end_reason = models.TextField(_("Skäl till hävning"), blank=True)

    class Meta:
        verbose_name = _("sekretessmarkering")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(ended_at=None), name="secrecy_marking_one_in_force"
            ),
            models.CheckConstraint(condition=~models.Q(provision=""), name="secrecy_marking_has_provision"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None, end_reason="")
                | (models.Q(ended_at__isnull=False, ended_by__isnull=False) & ~models.Q(end_reason="")),
                name="secrecy_marking_lifted_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="secrecy_marking_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=list(ENDING)),
            ),
            pgtrigger.Protect(
                name="secrecy_marking_ended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL"),
            ),
            pgtrigger.Trigger(
                name="secrecy_marking_agrees",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=AGREES,
            ),
        ]

    def __str__(self) -> str:
        return self.provision
