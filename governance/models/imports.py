"""A file that somebody reads in: its rows wait for a preview, then go in together; what came of it stays as history."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.people import User
from governance.workflow import SYSTEM, Lifecycle, Step


class Status(models.TextChoices):
    PREVIEW = "preview", _("Granskas")
    ORDERED = "ordered", _("Läses in")
    DONE = "done", _("Inläst")
    DISCARDED = "discarded", _("Kastad")


LIFECYCLE = Lifecycle(
    "status",
    Step("order", {Status.PREVIEW}, Status.ORDERED, _("Läs in"), "import_register", button=False),
    Step("finish", {Status.ORDERED}, Status.DONE, _("Klar"), SYSTEM),
    Step("fall_back", {Status.ORDERED}, Status.PREVIEW, _("Tillbaka till granskning"), SYSTEM),
    Step(
        "discard",
        {Status.PREVIEW},
        Status.DISCARDED,
        _("Kasta filen"),
        "import_register",
        effect="governance.imports.flow.forget_rows",
        button=False,
    ),
    Step("expire", {Status.PREVIEW}, Status.DISCARDED, _("Kasta filen"), SYSTEM),
)


class ImportQuerySet(models.QuerySet["Import"]):
    """Files by where they stand."""

    def owed(self) -> Self:
        """Answer those that somebody has ordered and that are not in yet, the oldest first."""
        return self.filter(status=Status.ORDERED).order_by("pk")

    def forgettable(self, before: datetime) -> Self:
        """Answer those from before `before` whose rows are still kept."""
        return self.filter(made_at__lt=before, rows__isnull=False).exclude(status=Status.ORDERED).distinct()


class Import(models.Model):
    """One file of one kind. `mapping` says which place in a row holds which of our columns."""

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_UNIT: ClassVar[str | None] = None
    ACCESS_SEE: ClassVar[str] = "import_register"

    kind = models.CharField(max_length=40)
    file_name = models.CharField(_("Fil"), max_length=200)
    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.PREVIEW)
    sheets = models.JSONField(default=list)  # the names of the file's sheets
    sheet = models.PositiveSmallIntegerField(default=0)
    heading = models.PositiveIntegerField(default=1)  # the number of the row that names the columns
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)  # how many rows of each state went in
    note = models.TextField(blank=True)  # why it fell back
    attempts = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("Hämtad"))
    ordered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("Inläst"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("inläsning")
        ordering = ["-pk"]
        triggers = [
            *LIFECYCLE.triggers("import"),
            pgtrigger.Protect(name="import_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.pk}"

    def get_absolute_url(self) -> str:
        """Answer the file's page."""
        return reverse("governance:import-show", args=[self.pk])


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Rows of a file by what would come of them."""

    def of(self, file: Import) -> Self:
        """Answer the rows of data on the chosen sheet, in order."""
        return self.filter(file=file, sheet=file.sheet, number__gt=file.heading).order_by("number")


class ImportRow(models.Model):
    """One row of a file as it was written, and what would come of it; forgotten after some days."""

    file = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()  # as the spreadsheet shows it
    cells = models.JSONField(default=list)
    taken = models.BooleanField(default=True)
    state = models.CharField(max_length=10, blank=True)
    problems = models.JSONField(default=list)  # pairs of column and what is wrong
    changes = models.JSONField(default=list)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "sheet", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.number}"
