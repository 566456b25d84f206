"""What is known of a platform's pages: handed in with the order as data, and added to what fits anywhere.

The schema that a person's entries are held against stands with the platforms (`accounts.platforms.page_parts`); here
whatever comes is read, and what cannot be used is left out, so that an old order never stops a capture.
"""

from dataclasses import dataclass, fields
from typing import Any, Self

# Boxes that ask for something: what they say, and the words on the button that says no. Lower case.
CONSENT = (
    "cookie",
    "kakor",
    "samtycke",
    "samtycker",
    "consent",
    "informationskapsl",
)
REFUSE = (
    "avvisa alla",
    "avvisa",
    "neka alla",
    "neka",
    "endast nödvändiga",
    "bara nödvändiga",
    "tillåt endast nödvändiga",
    "acceptera endast nödvändiga",
    "godkänn endast nödvändiga",
    "endast nödvändiga kakor",
    "bara nödvändiga kakor",
    "avböj alla",
    "avböj",
    "avböj valfria cookies",
    "neka valfria cookies",
    "fortsätt utan att acceptera",
    "reject all",
    "reject",
    "decline",
    "decline all",
    "deny",
    "only necessary",
    "necessary only",
    "use necessary cookies only",
    "only allow essential cookies",
    "decline optional cookies",
    "refuse non-essential cookies",
    "continue without accepting",
)
CLOSE = (
    "stäng",
    "inte nu",
    "senare",
    "kanske senare",
    "nej tack",
    "close",
    "not now",
    "maybe later",
    "dismiss",
    "×",
    "✕",
)
LOGIN = (
    "logga in för att",
    "du måste logga in",
    "du måste vara inloggad",
    "logga in eller skapa",
    "logga in eller registrera",
    "skapa ett konto för att",
    "log in to continue",
    "log in to see",
    "log in or sign up",
    "log in to view",
    "login to continue",
    "you must log in",
    "you must be logged in",
    "sign in to continue",
    "sign in to view",
    "sign in to see",
    "sign up to see",
    "join to view",
    "join now to see",
)
LOGIN_PATHS = (
    "login",
    "log-in",
    "signin",
    "sign-in",
    "logga-in",
    "loggain",
    "authwall",
    "checkpoint",
    "accounts",
)
POST = ("article", "[role=article]")
LONGEST, MOST = 300, 60


@dataclass(frozen=True)
class Known:
    """Selectors and phrases of one platform; `own_names` are the authors that are the account itself."""

    platform: str = ""
    tried_on: str = ""
    press: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    login_phrases: tuple[str, ...] = ()
    login_paths: tuple[str, ...] = ()
    consent_phrases: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    comment: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    citizen: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: dict[str, Any] | None) -> Self:
        """Read what was handed in: texts and lists of texts, each within bounds; everything else is left out."""
        values: dict[str, Any] = {}
        for each in fields(cls):
            value = (data or {}).get(each.name)
            if each.type == "str" or isinstance(each.default, str):
                values[each.name] = value[:LONGEST] if isinstance(value, str) else ""
            else:
                values[each.name] = _texts(value)
        return cls(**values)

    def boxes(self, act: bool, most: int) -> dict[str, Any]:
        """Return the question about boxes that lie over the page, as inpage/boxes.js takes it."""
        return {
            "press": self.press,
            "hide": self.hide,
            "refuse": REFUSE,
            "close": CLOSE,
            "consent": CONSENT + _lower(self.consent_phrases),
            "login": LOGIN + _lower(self.login_phrases),
            "act": act,
            "most": most,
        }

    def says_login(self, text: str) -> bool:
        """Tell whether a text speaks as a login wall does."""
        return any(phrase in text.lower() for phrase in LOGIN + _lower(self.login_phrases))

    def says_consent(self, text: str) -> bool:
        """Tell whether a text speaks of cookies or consent."""
        return any(phrase in text.lower() for phrase in CONSENT + _lower(self.consent_phrases))


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(text.strip() for text in value[:MOST] if isinstance(text, str) and 0 < len(text.strip()) <= LONGEST)


def _lower(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase.lower() for phrase in phrases)
