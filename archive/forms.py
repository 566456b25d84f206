"""What people fill in about snapshots that they upload, and about a closing's. Forms validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.incoming import limits, reading, staging
from archive.incoming.reading import Upload
from archive.models import Record
from governance import clock
from governance.models import User

ACCEPTED = "image/png,image/jpeg,image/webp,image/heic,image/heif,.heic,.heif,.pdf,.mhtml,.mht,.html,.htm,.zip,.json"
REVIEW = "review"  # the button that only keeps the files on the form, to be looked at and put in order


class ManyFiles(forms.ClearableFileInput):
    """A control in which several files are chosen."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """The files as they were sent, in order; what they are is told by the form."""

    widget = ManyFiles(attrs={"accept": ACCEPTED, "data-files": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Answer the files; an empty list where none was chosen."""
        return [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None and file]


class UploadForm(forms.Form):
    """The page as somebody saved it: the files, when it looked so, how they were made, and what is not with them.

    After it was validated `found` holds the files that are in order, those of an earlier attempt first, as the person
    put them; they need not be chosen again where something else was wrong.
    """

    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("Filer"),
        required=False,
        help_text=gettext_lazy(
            "Bilder (PNG, JPEG, WebP, HEIC), PDF, sparade sidor (MHTML, HTML, ZIP) eller plattformens egen export. "
            "Flera filer går bra, i ordning uppifrån och ner."
        ),
    )
    taken_at = forms.DateTimeField(
        label=gettext_lazy("När såg sidan ut så?"),
        error_messages={"required": gettext_lazy("Ange när bilden togs.")},
    )
    how = forms.CharField(
        label=gettext_lazy("Hur togs bilderna, och av vem?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Till exempel ”Skärmdump i webbläsaren, inloggad, av redaktören”."),
        error_messages={"required": gettext_lazy("Skriv hur bilderna togs.")},
    )
    missing = forms.CharField(
        label=gettext_lazy("Är något av sidan inte med?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Till exempel ”kommentarerna”. Lämna tomt om allt är med."),
    )
    authors = forms.ChoiceField(
        label=gettext_lazy("Vem har skrivit det som syns?"),
        required=False,
        choices=[("", gettext_lazy("Framgår inte")), *Record.Authors.choices],
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args: Any, by: User, thrown: str = "", thrown_names: list[str] | None = None, **kwargs: Any):
        """Take what was kept of an earlier attempt of `by`; say of files that were thrown away as they came, why."""
        super().__init__(*args, **kwargs)
        self.by, self.thrown, self.thrown_names = by, thrown, thrown_names or []
        self.found: list[Upload] = []
        self.duplicates: list[str] = []
        self.copies: list[Upload] = []  # of what was kept; whoever made the form lets them go (staging.close)

    @property
    def is_review(self) -> bool:
        """Answer whether the files are only to be looked at."""
        return self.is_bound and REVIEW in self.data

    def full_clean(self) -> None:
        """Judge the files alone where they are only to be looked at."""
        super().full_clean()
        if self.is_review:
            for name in [name for name in self.errors if name != "files"]:
                del self.errors[name]

    def clean_files(self) -> list[Upload]:
        """Answer what was kept and what was sent, in order. Raises `ValidationError` naming each refused file."""
        problems = self._kept()
        sent = self.cleaned_data["files"]
        problems += [f"{name}: {self.thrown}" if name else self.thrown for name in self.thrown_names]
        for file in sent[: limits.MOST_FILES]:
            try:
                self._add(reading.read(file.name, file.size, file))
            except reading.UploadRefused as refused:
                problems.append(str(refused))
        if len(sent) > limits.MOST_FILES or len(self.found) > limits.MOST_FILES:
            problems.append(_("Högst %(count)s filer åt gången.") % {"count": limits.MOST_FILES})
        self.found = self.found[: limits.MOST_FILES]
        if not (problems or self.found):
            problems.append(_("Välj minst en fil."))
        if problems:
            raise forms.ValidationError(problems)
        return self.found

    def clean_taken_at(self) -> Any:
        """Refuse a moment that has not come."""
        moment = self.cleaned_data["taken_at"]
        if moment > clock.now():
            raise forms.ValidationError(_("Tidpunkten har inte varit än."))
        return moment

    def _kept(self) -> list[str]:
        """Take up what was kept, in the order that was asked for; answer what to say of what is gone."""
        tokens = self.data.getlist("staged") if hasattr(self.data, "getlist") else []
        left = [token for number, token in enumerate(tokens) if f"drop-{number}" not in self.data]
        places = {token: _place(self.data.get(f"place-{number}"), number) for number, token in enumerate(tokens)}
        kept, gone = staging.take(left[: limits.MOST_FILES], by=self.by)
        self.copies = list(kept.values())
        for token in sorted(kept, key=lambda token: places[token]):
            self._add(kept[token])
        text = ngettext(
            "%(n)s fil finns inte kvar. Välj den igen.", "%(n)s filer finns inte kvar. Välj dem igen.", gone
        )
        return [text % {"n": gone}] if gone else []

    def _add(self, upload: Upload) -> None:
        if any(other.sha256 == upload.sha256 for other in self.found):
            self.duplicates.append(upload.name)
        else:
            self.found.append(upload)


class ItemUploadForm(UploadForm):
    """One item that somebody saved: also where it stands, who wrote it, and whether it came in or was drawn up."""

    field_order = ("link", "origin", "authors", "files", "taken_at", "how", "missing")

    link = forms.URLField(
        label=gettext_lazy("Länk till inlägget eller kommentaren"),
        max_length=2000,
        assume_scheme="https",
        error_messages={
            "required": gettext_lazy("Klistra in länken till inlägget."),
            "invalid": gettext_lazy("Klistra in hela länken, till exempel https://www.plattformen.se/inlagg/1."),
        },
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("Inkommen eller upprättad?"),
        choices=Record.Origin.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Det allmänheten har skrivit är inkommet. Det ni själva har skrivit är upprättat."),
        error_messages={"required": gettext_lazy("Välj om handlingen är inkommen eller upprättad.")},
    )
    authors = forms.ChoiceField(
        label=gettext_lazy("Vem har skrivit?"),
        choices=Record.Authors.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj vem som har skrivit.")},
    )


class AuthorsForm(forms.Form):
    """Who wrote what a record shows, by hand."""

    authors = forms.ChoiceField(
        label=gettext_lazy("Vem har skrivit?"),
        required=False,
        choices=[("", gettext_lazy("Framgår inte")), *Record.Authors.choices],
        widget=forms.RadioSelect,
    )


class ClosingDecisionForm(forms.Form):
    """Why an earlier snapshot stands."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Varför kontot inte längre går att se, och varför den tidigare bilden räcker."),
        error_messages={"required": gettext_lazy("Skriv skälet till beslutet.")},
    )


def _place(typed: str | None, number: int) -> tuple[int, int]:
    """Answer where a file was asked to stand; where that cannot be read, where it stood."""
    try:
        return int(typed or ""), number
    except ValueError:
        return number + 1, number
