"""What people fill in about snapshots. Forms validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import uploads
from archive.uploads import Upload
from governance import clock


class ManyFiles(forms.ClearableFileInput):
    """A control in which several files are chosen."""

    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Pictures and PDFs, each told by its content; all of them or none."""

    widget = ManyFiles(attrs={"accept": "image/png,image/jpeg,image/webp,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Answer what was sent. Raises `ValidationError` naming each file that is not kept, and why."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > uploads.MOST_FILES:
            raise forms.ValidationError(_("Högst %(count)s filer åt gången.") % {"count": uploads.MOST_FILES})
        if sum(file.size for file in files) > uploads.LARGEST_TOGETHER:
            limit = uploads.LARGEST_TOGETHER // uploads.MEGABYTE
            raise forms.ValidationError(_("Filerna är för stora: högst %(limit)s MB sammanlagt.") % {"limit": limit})
        return self._read(files)

    def _read(self, files: list[Any]) -> list[Upload]:
        found, refused = [], []
        for file in files:
            try:
                found.append(uploads.read(file.name, file.size, file))
            except uploads.UploadRefused as error:
                refused.append(str(error))
        if refused:
            raise forms.ValidationError(refused)
        return found


class ClosingUploadForm(forms.Form):
    """The page as somebody saved it: the files, when it looked so, and how they were made."""

    files = UploadsField(  # type: ignore[assignment]
        label=gettext_lazy("Bilder eller PDF av sidan"),
        help_text=gettext_lazy("PNG, JPEG, WebP eller PDF. Flera filer går bra, i ordning uppifrån och ner."),
        error_messages={"required": gettext_lazy("Välj minst en fil.")},
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

    def __init__(self, *args: Any, too_large: str = "", **kwargs: Any) -> None:
        """Say of a file that was thrown away for its size just that, though others came."""
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Refuse the whole where a file of it did not come."""
        if self.too_large:
            self.add_error("files", self.too_large)
        return super().clean() or self.cleaned_data

    def clean_taken_at(self) -> Any:
        """Refuse a moment that has not come."""
        moment = self.cleaned_data["taken_at"]
        if moment > clock.now():
            raise forms.ValidationError(_("Tidpunkten har inte varit än."))
        return moment


class ClosingDecisionForm(forms.Form):
    """Why an earlier snapshot stands."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Varför kontot inte längre går att se, och varför den tidigare bilden räcker."),
        error_messages={"required": gettext_lazy("Skriv skälet till beslutet.")},
    )
