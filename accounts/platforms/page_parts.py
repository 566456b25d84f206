"""What is known of how a platform's pages are built, as data: it tells a capture what to close and who wrote what.

Every part is a list: CSS selectors, words or names. Nothing of it is code, and none of it is known to hold before
somebody has tried it against the real platform.
"""

from typing import TYPE_CHECKING, Annotated, Any

import cssselect2
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

if TYPE_CHECKING:
    from accounts.models import Account

LONGEST, MOST = 300, 30
# What stands for the account itself among the authors, unless something else is said.
OWN_NAMES = ("{name}", "{handle}", "@{handle}")


class NotSelector(ValueError):
    """The text is no CSS selector."""


def selector(text: str) -> str:
    """Answer the text where a browser would read it as one or more CSS selectors. Raises `NotSelector`."""
    try:
        cssselect2.compile_selector_list(text)
    except cssselect2.SelectorError as error:
        raise NotSelector(text) from error
    return text


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
Selector = Annotated[Words, AfterValidator(selector)]


class PageParts(BaseModel):
    """The parts of a platform's pages. `own_names` may hold {name} and {handle}, which are the account's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    press: tuple[Selector, ...] = ()
    hide: tuple[Selector, ...] = ()
    login_phrases: tuple[Words, ...] = ()
    login_paths: tuple[Words, ...] = ()
    consent_phrases: tuple[Words, ...] = ()
    post: tuple[Selector, ...] = ()
    comment: tuple[Selector, ...] = ()
    author: tuple[Selector, ...] = ()
    time: tuple[Selector, ...] = ()
    text: tuple[Selector, ...] = ()
    official: tuple[Selector, ...] = ()
    citizen: tuple[Selector, ...] = ()
    own_names: tuple[Words, ...] = ()


SELECTORS = ("press", "hide", "post", "comment", "author", "time", "text", "official", "citizen")
NAMES = tuple(PageParts.model_fields)
LABELS = {
    "press": _("Knappar som trycks in"),
    "hide": _("Rutor som döljs"),
    "login_phrases": _("Ord på en inloggningsruta"),
    "login_paths": _("Ord i adressen till en inloggning"),
    "consent_phrases": _("Ord på en fråga om samtycke"),
    "post": _("Inlägg"),
    "comment": _("Kommentar"),
    "author": _("Vem som skrev"),
    "time": _("När det skrevs"),
    "text": _("Texten"),
    "official": _("Märke på det kommunen skrev"),
    "citizen": _("Märke på det någon annan skrev"),
    "own_names": _("Kontots egna namn"),
}


def written(data: dict[str, Any]) -> dict[str, list[str]]:
    """Answer the parts as they are kept, those that are empty left out. Raises pydantic's `ValidationError`."""
    return {name: list(texts) for name, texts in PageParts.model_validate(data) if texts}


def for_account(account: "Account") -> dict[str, Any]:
    """Answer what a capture of the account's page is told; its platform's details come with it, or in one query."""
    platform = account.platform
    details = platform.details
    marks = {"name": account.name, "handle": account.handle}
    own = details.page_parts.get("own_names") or OWN_NAMES
    return {
        **details.page_parts,
        "own_names": [_filled(name, marks) for name in own],
        "platform": platform.name,
        "tried_on": details.page_trial.get("day", ""),
    }


def _filled(name: str, marks: dict[str, str]) -> str:
    """Answer a name with the account's own in its marks; other braces are the author's own and stay."""
    for mark, text in marks.items():
        name = name.replace(f"{{{mark}}}", text)
    return name
