"""The words that go along with a package: what it is, and how anybody checks it without Uppsikt."""

from typing import Any

from django.utils.translation import gettext as _

CHECK = "sha256sum -c manifest-sha256.txt"
TAGS = "sha256sum -c tagmanifest-sha256.txt"


def files(order: Any, name: str) -> dict[str, bytes]:
    """Answer the reading instruction of a bag called `name`."""
    lines = [
        _("Export ur arkivet, %(name)s") % {"name": name},
        "",
        _("Mappen följer BagIt 1.0 (RFC 8493). Varje handling har en mapp under data/handlingar/, med sina filer"),
        _("och med uppgifter om handlingen i metadata.json och metadata.xml. manifest.json i mappen skrevs när"),
        _("handlingen arkiverades, och säger vilken kontrollsumma (SHA-256) var och en av dess filer hade då."),
        "",
        _("Så kontrollerar du att inget är ändrat, utan Uppsikt:"),
        "",
        _("1. Packa upp filen:  tar -xf %(name)s.tar") % {"name": name},
        _("2. Gå till mappen:   cd %(name)s") % {"name": name},
        f"3. {TAGS}",
        f"4. {CHECK}",
        "",
        _("Varje rad ska sluta med OK. En fil som saknas eller är ändrad nämns vid namn."),
        "",
    ]
    return {"LAS-MIG.txt": "\n".join(lines).encode()}
