"""Why a file is not kept, and what to do instead, in words."""

from django.utils.translation import gettext_lazy as _

from archive.incoming import kinds


class UploadRefused(ValueError):
    """A file that is not kept; the message is for whoever sent it, and names the file."""


UNREADABLE = _("%(name)s går inte att läsa. Ladda upp bilder (PNG, JPEG, WebP, HEIC), PDF, sparade sidor eller export.")
LOCKED = _("%(name)s är låst med lösenord. Spara den utan lösenord och ladda upp den på nytt.")
TOO_MUCH = _("%(name)s tar för lång tid eller för mycket minne att läsa. Spara sidan som bild eller PDF i stället.")
TOO_LARGE = _("%(name)s är en för stor bild. Dela den i flera, eller spara den i mindre storlek.")
BROKEN_PDF = _("%(name)s är en skadad PDF.")
WORDS = {
    "empty": _("%(name)s är tom."),
    "broken": UNREADABLE,
    "too_large": TOO_LARGE,
    "broken_pdf": BROKEN_PDF,
    kinds.SVG: _("%(name)s är en ritad bild (SVG), som kan innehålla program. Ta en skärmdump av den i stället."),
    kinds.FILM: _("%(name)s är en film. Ta skärmdumpar av det som visas, eller packa filmen i en ZIP-fil."),
    kinds.GIF: _("%(name)s är en GIF-bild. Spara den som PNG eller JPEG, eller ta en skärmdump."),
    "pdf:locked": LOCKED,
    "zip:locked": LOCKED,
    "zip:office": _("%(name)s är ett kontorsdokument. Spara det som PDF och ladda upp den i stället."),
    "heic:too_large": TOO_LARGE,
    "pdf:too_much": TOO_MUCH,
    "zip:too_much": TOO_MUCH,
    "html:too_much": TOO_MUCH,
    "mhtml:too_much": TOO_MUCH,
    "json:too_much": TOO_MUCH,
    "heic:too_much": TOO_MUCH,
    "zip:valueerror": _("%(name)s är en tom eller skadad ZIP-fil."),
    "pdf:valueerror": BROKEN_PDF,
    "heic:importerror": _("%(name)s är en HEIC-bild, som servern inte kan läsa. Spara den som JPEG i telefonen."),
}


def said(why: str, name: str) -> str:
    """Answer the words for one file."""
    if why == "heic:modulenotfounderror":
        why = "heic:importerror"
    return str(WORDS.get(why, UNREADABLE)) % {"name": name}
