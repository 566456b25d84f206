"""What is filled in on the first day, and about the municipality afterwards. Forms validate and never save."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import logos, uploads
from governance.day_one import Beginning, Logo
from governance.models import Authority, Municipality, User
from governance.policy.reader import LARGEST, PolicyRefused, read, shipped
from governance.validators import one_line

OWN = "egen"
FACTS = ("website", "email", "accessibility_email")


class MunicipalityForm(forms.Form):
    """What the municipality is called, looks like and is reached by."""

    name = forms.CharField(
        label=gettext_lazy("Kommunens namn"),
        max_length=200,
        validators=[one_line],
        help_text=gettext_lazy("Så som det ska stå på sidorna, till exempel ”Lekebergs kommun”."),
        error_messages={"required": gettext_lazy("Skriv kommunens namn.")},
    )
    website = forms.URLField(
        label=gettext_lazy("Kommunens webbplats"), max_length=200, required=False, assume_scheme="https"
    )
    email = forms.EmailField(
        label=gettext_lazy("Kontakt: e-post"),
        required=False,
        help_text=gettext_lazy("En funktionsadress som allmänheten kan skriva till om kontona."),
    )
    accessibility_email = forms.EmailField(
        label=gettext_lazy("Kontakt om tillgänglighet: e-post"),
        required=False,
        help_text=gettext_lazy("Hit kommer synpunkter på hur sidorna fungerar. Tomt betyder samma som ovan."),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logotyp"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"empty": gettext_lazy("Filen är tom.")},
    )

    def __init__(self, request: HttpRequest, initial: dict[str, Any] | None = None) -> None:
        """Take what the request holds, if anything was sent."""
        sent = request.method == "POST"
        super().__init__(request.POST if sent else None, request.FILES if sent else None, initial=initial)
        self.request = request
        size = filesizeformat(settings.LOGO_MAX_BYTES)
        self.fields["logo"].help_text = _("PNG, JPEG eller WebP, högst %(size)s.") % {"size": size}

    def clean_website(self) -> str:
        """Take an address of the web only."""
        address: str = self.cleaned_data["website"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Adressen ska börja med https://."))
        return address

    def clean_logo(self) -> Logo | None:
        """Answer the picture, drawn anew."""
        if thrown := uploads.too_large(self.request, "logo"):
            raise forms.ValidationError(thrown)
        file: UploadedFile | None = self.cleaned_data["logo"]
        return logos.redraw(b"".join(file.chunks())) if file else None


class SettingsForm(MunicipalityForm):
    """The same afterwards, when the logo may also be taken away."""

    without_logo = forms.BooleanField(label=gettext_lazy("Ta bort logotypen"), required=False)

    def __init__(self, request: HttpRequest, municipality: Municipality) -> None:
        """Begin with what there is."""
        super().__init__(request, {name: getattr(municipality, name) for name in ("name", *FACTS)})
        if not municipality.logo:
            del self.fields["without_logo"]


class BeginningForm(MunicipalityForm):
    """The first day's page: the code, the municipality, its authorities, its policy, its first officer."""

    field_order = ("code",)  # as on the page, so that what is wrong is listed from the top
    code = forms.CharField(
        label=gettext_lazy("Engångskod"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=gettext_lazy("Den skrevs ut när Uppsikt startade."),
        error_messages={"required": gettext_lazy("Skriv engångskoden.")},
    )
    authorities = forms.CharField(
        label=gettext_lazy("Nämnder och kommunala bolag"),
        initial="Kommunstyrelsen",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "En på varje rad. Den första är den som kommunen själv hör till. Fler kan läggas till sen."
        ),
        error_messages={"required": gettext_lazy("Skriv minst en, till exempel Kommunstyrelsen.")},
    )
    policy = forms.ChoiceField(
        label=gettext_lazy("Policy"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Reglerna som Uppsikt följer. De kan bytas mot andra när som helst."),
        error_messages={"required": gettext_lazy("Välj en policy.")},
    )
    policy_file = forms.FileField(
        label=gettext_lazy("Egen policyfil"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        help_text=gettext_lazy("Bara om du har valt en egen. Filen kontrolleras innan den används."),
        error_messages={"empty": gettext_lazy("Filen är tom.")},
    )
    decision = forms.CharField(
        label=gettext_lazy("Beslutet som policyn är antagen genom"),
        max_length=200,
        validators=[one_line],
        help_text=gettext_lazy(
            "Vem som beslutade, datum och paragraf, till exempel ”Kommunstyrelsen 2026-11-20 § 100”."
        ),
        error_messages={"required": gettext_lazy("Ange beslutet.")},
    )
    officer = forms.CharField(
        label=gettext_lazy("Ditt namn"),
        max_length=150,
        validators=[one_line],
        error_messages={"required": gettext_lazy("Skriv ditt namn.")},
    )
    officer_email = forms.EmailField(
        label=gettext_lazy("Din e-postadress"),
        help_text=gettext_lazy("Den blir din inloggning."),
        error_messages={"required": gettext_lazy("Skriv din e-postadress.")},
    )
    password = forms.CharField(
        label=gettext_lazy("Lösenord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Minst tolv tecken."),
        error_messages={"required": gettext_lazy("Välj ett lösenord.")},
    )
    again = forms.CharField(
        label=gettext_lazy("Lösenordet en gång till"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Skriv lösenordet en gång till.")},
    )

    def __init__(self, request: HttpRequest) -> None:
        """Offer the policies that come with the product, and one's own."""
        super().__init__(request)
        named = [(key, _title(key)) for key in shipped()]
        self.fields["policy"].choices = [*named, (OWN, _("En egen fil"))]  # type: ignore[attr-defined]

    def clean_authorities(self) -> list[str]:
        """Answer the names, each once, in order."""
        names = [" ".join(line.split()) for line in self.cleaned_data["authorities"].splitlines()]
        found = list(dict.fromkeys(filter(None, names)))
        for name in found:
            Authority._meta.get_field("name").clean(name, None)
        if not found:
            raise forms.ValidationError(self.fields["authorities"].error_messages["required"])
        return found

    def clean_policy_file(self) -> str:
        """Answer the text of the file; whether it is a policy is looked at together with the choice."""
        if thrown := uploads.too_large(self.request, "policy_file"):
            raise forms.ValidationError(thrown)
        file: UploadedFile | None = self.cleaned_data["policy_file"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Filen är för stor för att vara en policy."))
        try:
            return b"".join(file.chunks()).decode()
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Filen är inte text i UTF-8.")) from error

    def clean(self) -> dict[str, Any]:
        """Check what hangs together: the policy and its file, the two passwords, and the password's strength."""
        data = super().clean() or self.cleaned_data
        if data.get("policy") == OWN and "policy_file" in data:
            self._check_policy(data["policy_file"])
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", _("Lösenorden är inte lika."))
        self._check_password(data)
        return data

    def beginning(self) -> Beginning:
        """Answer what was filled in."""
        data = self.cleaned_data
        own = data["policy"] == OWN
        path = None if own else shipped()[data["policy"]]
        return Beginning(
            municipality=data["name"],
            authorities=data["authorities"],
            policy=data["policy_file"] if path is None else path.read_text(encoding="utf-8"),
            policy_name=self._file_name() if path is None else path.name,
            decision=data["decision"],
            officer=data["officer"],
            email=data["officer_email"],
            password=data["password"],
            facts={name: data[name] for name in FACTS},
            logo=data["logo"],
        )

    def _check_policy(self, text: str) -> None:
        if not text:
            self.add_error("policy_file", _("Välj filen."))
            return
        try:
            read(text, self._file_name())
        except PolicyRefused as refused:
            self.add_error("policy_file", refused.problems)

    def _file_name(self) -> str:
        file: Any = self.files["policy_file"]
        return str(file.name)

    def _check_password(self, data: dict[str, Any]) -> None:
        person = User(email=data.get("officer_email", ""), real_name=data.get("officer", ""))
        try:
            password_validation.validate_password(data.get("password", ""), person)
        except forms.ValidationError as weak:
            if "password" in data:
                self.add_error("password", weak)


def _title(key: str) -> str:
    policy = read(shipped()[key].read_text(encoding="utf-8"), key)
    return f"{policy.municipality.name}: {policy.title}"
