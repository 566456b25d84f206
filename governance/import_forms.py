"""What is filled in to read a register in: the file, and which of its columns is which. Forms validate, never save."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import uploads
from governance.imports import flow, heading
from governance.imports.reading import read
from governance.imports.sheets import Sheet, Unreadable, letter
from governance.models import Import, ImportRow

FIELD = "kolumn-"
CHARACTERS = 60  # of a heading in a list to choose from


class FileForm(forms.Form):
    """The file, read to its end: `cleaned_data["file"]` is its sheets, `name` what it is called."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": gettext_lazy("Välj en fil."),
            "empty": gettext_lazy("Filen är tom."),
        },
    )

    def __init__(self, request: HttpRequest) -> None:
        """Take what the request holds, if anything was sent."""
        sent = request.method == "POST"
        super().__init__(request.POST if sent else None, request.FILES if sent else None)
        self.name = ""
        size = filesizeformat(settings.IMPORT_MAX_BYTES)
        self.fields["file"].help_text = _("Ett kalkylblad (.xlsx) eller text (.csv), högst %(size)s.") % {"size": size}
        if thrown := uploads.too_large(request, "file"):
            self.fields["file"].error_messages["required"] = thrown

    def clean_file(self) -> list[Sheet]:
        """Answer the file's sheets."""
        file: UploadedFile = self.cleaned_data["file"]
        self.name = file.name or ""
        try:
            return read(b"".join(file.chunks()), self.name)
        except Unreadable as refused:
            raise forms.ValidationError(str(refused)) from refused


class SheetForm(forms.Form):
    """Which sheet of the file, and on which row its columns are named."""

    blad = forms.TypedChoiceField(label=gettext_lazy("Blad"), coerce=int)
    rad = forms.IntegerField(label=gettext_lazy("Rubrikerna står på rad"), min_value=1)

    def __init__(self, data: Any, file: Import) -> None:
        """Offer the file's sheets; begin with those chosen."""
        super().__init__(data, initial={"blad": file.sheet, "rad": file.heading})
        self.file = file
        self.fields["blad"].choices = list(enumerate(file.sheets))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a row that is not there, or below which there is nothing."""
        data = super().clean() or self.cleaned_data
        rows = ImportRow.objects.filter(file=self.file, sheet=data.get("blad", self.file.sheet))
        if "rad" in data and not (rows.filter(number=data["rad"]) and rows.filter(number__gt=data["rad"])):
            self.add_error("rad", _("Det finns inga rubriker med rader under på den raden."))
        return data


class ColumnsForm(forms.Form):
    """For each of our columns, which of theirs it is, if any."""

    def __init__(self, data: Any, file: Import, sheet: int, row: int) -> None:
        """Offer the file's columns by letter and name; begin with what was chosen, else with a guess."""
        super().__init__(data)
        named = ImportRow.objects.filter(file=file, sheet=sheet, number=row).first()
        names = named.cells if named else []
        self.columns = flow.kind_of(file).columns()
        chosen = file.mapping if (sheet, row) == (file.sheet, file.heading) else heading.guess(names, self.columns)
        offered = [("", _("Finns inte i filen")), *((str(at), _words(at, name)) for at, name in enumerate(names))]
        for column in self.columns:
            self.fields[f"{FIELD}{column.key}"] = forms.ChoiceField(
                label=column.label,
                help_text=column.help,
                choices=offered,
                required=column.required,
                initial=str(chosen.get(column.key, "")),
                error_messages={"required": _("Välj vilken kolumn det är. Den måste finnas.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one column of theirs as two of ours."""
        data = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name, place in list(data.items()):
            if place and place in taken:
                other = self.fields[taken[place]].label
                self.add_error(name, _("Den kolumnen är redan vald för ”%(other)s”.") % {"other": other})
            taken.setdefault(place, name)
        return data

    def mapping(self) -> heading.Mapping:
        """Answer the place of each column that was chosen."""
        chosen = ((column.key, self.cleaned_data.get(f"{FIELD}{column.key}")) for column in self.columns)
        return {key: int(place) for key, place in chosen if place}


def _words(at: int, name: str) -> str:
    shown = " ".join(name.split())[:CHARACTERS]
    return f"{letter(at)}: {shown}" if shown else letter(at)
