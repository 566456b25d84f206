"""Logos as people send them: opened with care, drawn anew, and never served as they came."""

import io

from django import forms
from django.utils.translation import gettext as _

from governance.content import NotAPicture, TooManyPoints, picture
from governance.day_one import Logo

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 25_000_000
BOUNDS = (640, 240)


def redraw(content: bytes) -> Logo:
    """Answer the picture as a PNG of ours, small enough for a page's head. Raises `ValidationError`."""
    try:
        with picture(content, FORMATS, MOST_PIXELS) as image:
            drawn = image.convert("RGBA")
    except TooManyPoints as error:
        raise forms.ValidationError(_("Bilden har för många bildpunkter. Gör den mindre.")) from error
    except NotAPicture as error:
        raise forms.ValidationError(_("Filen är ingen bild som kan visas. Välj PNG, JPEG eller WebP.")) from error
    drawn.thumbnail(BOUNDS)
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return Logo(file.getvalue(), drawn.width, drawn.height)
