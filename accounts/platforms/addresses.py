"""Reading an address that somebody typed, or copied from a browser or a phone, into parts that can be compared."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

import idna
from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("Skriv adressen."),
    "long": _("Adressen är för lång: högst 2 000 tecken."),
    "characters": _("Adressen innehåller tecken som inte kan stå i en adress."),
    "scheme": _("Adressen ska börja med https:// eller http://."),
    "login": _("Adressen innehåller ett användarnamn eller lösenord. Ta bort det som står före @."),
    "host": _("Adressen saknar en webbplats, till exempel www.facebook.com."),
}
LONGEST_TYPED = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
# Links that only lead on to the one they carry: platforms and mail filters count the clicks on them.
WRAPPED = re.compile(
    r"(?:lm?\.(?:facebook|instagram|messenger|threads)\.(?:com|net)|(?:www\.)?google\.[a-z.]{2,6}/url|"
    r"(?:www\.)?youtube\.com/redirect|(?:www\.)?linkedin\.com/redir/redirect|"
    r"[a-z0-9.]+\.safelinks\.protection\.outlook\.com)(?:/.*)?"
)
CARRIED_IN = ("u", "q", "url")
# What a query says of how the reader came to the page, and nothing of which page it is.
TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|twclid|ttclid|igshi?d?|mc_[ce]id|_gl|_ga|_t|_r|si|feature|ref|ref_src|refid|"
    r"mibextid|hl|lang|locale|source|share|share_id|trk|is_from_webapp|sender_device|wt_mc|_hs.*"
)
# "localhost:8765" names a port, not a scheme.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"^`{|}]")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_FEDERATED = re.compile(r"@(?P<name>[\w.-]+)@(?P<host>[^\s/@:?#]+)")
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_SAFE = "/:@!$&'()*+,;=~?%"


class AddressRefused(ValueError):
    """An address that cannot be one of an account; `code` is a key of `REASONS`, the message is for people."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REASONS[code]))
        self.code = code


@dataclass(frozen=True)
class Link:
    """An address in comparable form: host in lower case, path decoded, no scheme, trailing slash or fragment.

    A "?", "#" or "%" that belongs to a name in the path stays encoded, so that nothing is taken for a query.
    """

    bare: str  # without the query
    full: str  # with it: a few platforms name the account there
    kept: str  # with what is left of it without tracking, in one order: on a site of its own it may name the account

    @property
    def host(self) -> str:
        """Answer the host alone, without a port."""
        return self.bare.partition("/")[0].rpartition(":")[0] or self.bare.partition("/")[0]


def read(typed: str) -> Link:
    """Read what was typed; an address without a scheme is taken as https. Raises `AddressRefused`."""
    parts = _unwrapped(_split(trimmed(typed)))
    # Old addresses on Twitter and Facebook carry their path behind "#!".
    path = _decoded(parts.fragment[1:] if parts.fragment.startswith("!/") else parts.path)
    if {".", ".."} & set(path.split("/")):
        raise AddressRefused("characters")
    path = re.sub("/{2,}", "/", path).strip("/")
    bare = f"{_place(parts)}{'/' if path else ''}{path}"
    said = _query(parts.query)
    left = sorted(pair for pair in said if not TRACKING.fullmatch(pair[0].lower()))
    return Link(bare, _asked(bare, said), _asked(bare, left))


def trimmed(typed: str) -> str:
    """Answer what was typed, composed, without what nobody sees around it: phones copy marks of direction too."""
    text = unicodedata.normalize("NFC", typed)
    ends = [place for place, letter in enumerate(text) if unicodedata.category(letter) not in _UNSEEN]
    return text[ends[0] : ends[-1] + 1] if ends else ""


def encoded(address: str) -> str:
    """Write an address of parts that `read` answered the way a browser sends it."""
    return quote(address, safe=_SAFE)


def _split(typed: str) -> SplitResult:
    if not typed:
        raise AddressRefused("empty")
    if len(typed) > LONGEST_TYPED:
        raise AddressRefused("long")
    if _FORBIDDEN.search(typed):
        raise AddressRefused("characters")
    if federated := _FEDERATED.fullmatch(typed):
        typed = "{host}/@{name}".format(**federated.groupdict())
    whole = typed if _SCHEME.match(typed) else f"https://{typed.lstrip('/')}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        raise AddressRefused("host") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise AddressRefused("scheme")
    if "@" in parts.netloc:
        raise AddressRefused("login")
    return parts


def _unwrapped(parts: SplitResult) -> SplitResult:
    """Answer the address that a counting link carries, or the link itself where it carries none."""
    if not WRAPPED.fullmatch(f"{parts.netloc}{parts.path}".lower()):
        return parts
    carried = [value for name, value in _query(parts.query) if name in CARRIED_IN and _SCHEME.match(value)]
    return _split(trimmed(carried[0])) if carried else parts


def _place(parts: SplitResult) -> str:
    """Answer host and port as written in ASCII (IDNA 2008); a port that goes without saying is left out."""
    try:
        host, port = _in_ascii(parts.hostname or ""), parts.port
    except ValueError:  # idna's own errors too: a name that no name server knows
        raise AddressRefused("host") from None
    return host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


def _in_ascii(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    mapped = idna.uts46_remap(host, std3_rules=False, transitional=False).rstrip(".")
    labels = [_label(label) for label in mapped.split(".")]
    if sum(len(label) + 1 for label in labels) > 254:
        raise ValueError(host)
    return ".".join(labels)


def _label(label: str) -> str:
    if not label.isascii() or label.startswith("xn--"):
        return idna.alabel(label).decode()
    if not _LABEL.fullmatch(label):
        raise ValueError(label)
    return label


def _decoded(path: str) -> str:
    try:
        decoded = unicodedata.normalize("NFC", unquote(path, errors="strict"))
    except UnicodeDecodeError:
        raise AddressRefused("characters") from None
    if _INVISIBLE.search(decoded):
        raise AddressRefused("characters")
    return decoded.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def _query(query: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise AddressRefused("characters") from None
    if any(_INVISIBLE.search(text) for pair in pairs for text in pair):
        raise AddressRefused("characters")
    return pairs


def _asked(bare: str, pairs: list[tuple[str, str]]) -> str:
    said = "&".join(f"{_kept(name).replace('=', '%3D')}={_kept(value)}" for name, value in pairs)
    return f"{bare}?{said}" if pairs else bare


def _kept(text: str) -> str:
    """Answer a part of the query decoded, but for the signs that would be read as something else."""
    return re.sub(r"[%?#&+]", lambda sign: quote(sign[0], safe=""), unicodedata.normalize("NFC", text))
