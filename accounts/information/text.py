"""The ready text of one account, whole and in shorter forms that fit where its platform has little room (R-INFO-2).

Three versions: the policy's text (or the product's) whole; one short sentence for each thing; and only what the law
demands. Where the platform has a limit, what matters least is left out until the rest fits, and that is said.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from accounts.information import facts
from accounts.information.facts import ENGLISH, Subject
from governance.policy import ready_text
from governance.policy.base import Origin
from governance.policy.presence import InformationItem, TextPart

FULL, MEDIUM, SHORT = "full", "medium", "short"
LABELS = {FULL: _("Hela texten"), MEDIUM: _("Mellanlång text"), SHORT: _("Kort text")}
RULES = {"sv": "Våra regler: {}", "en": "Our rules: {}"}
PARAGRAPH, SENTENCE = "\n\n", "\n"
WEIGHTS = {"ska": 2, "bör": 1, "exempel": 0}
WHERE = {
    "email": _("kontots funktionsadress"),
    "purpose": _("vad kontot är till för"),
    "watch_hours": _("när kontot bevakas"),
    "updates": _("hur ofta kontot uppdateras (planen)"),
}
WHERE_ENGLISH = {"purpose": _("vad kontot är till för, på engelska")}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph in words, and what it takes care of."""

    part: TextPart
    words: str
    weight: int


@dataclass(frozen=True)
class Version:
    """One version of the text: its words, what was left out for want of room, and which items it leaves to others."""

    key: str
    text: str
    origin: Origin
    limit: int | None
    left_out: tuple[str, ...]
    unsaid: tuple[InformationItem, ...]

    @property
    def label(self) -> str:
        """Answer what the version is called on screen."""
        return str(LABELS[self.key])

    @property
    def length(self) -> int:
        """Answer how many characters a platform counts."""
        return length(self.text)

    @property
    def fits(self) -> bool:
        """Answer whether the platform has room for it."""
        return self.limit is None or self.length <= self.limit


@dataclass(frozen=True)
class ReadyText:
    """The text of one account in one language: every version, and which one to take."""

    subject: Subject
    language: str
    limit: int | None = None
    rules_url: str = ""

    @cached_property
    def versions(self) -> list[Version]:
        """Answer the versions, the longest first; none twice."""
        found = [
            self._whole(),
            self._fitted(MEDIUM, self._brief()),
            self._fitted(SHORT, [each for each in self._brief() if _is_law(each.part)]),
        ]
        return list({version.text: version for version in reversed(found)}.values())[::-1]

    @cached_property
    def chosen(self) -> Version:
        """Answer the longest version that fits, else the shortest."""
        return next((version for version in self.versions if version.fits), self.versions[-1])

    @cached_property
    def others(self) -> list[Version]:
        """Answer the versions beside the chosen one."""
        return [version for version in self.versions if version is not self.chosen]

    @cached_property
    def unknown(self) -> list[str]:
        """Answer what the text would say if it were known, in the words of where it is filled in."""
        facts_known = self._facts
        templates = [_template(part, self.language) for part in self._parts()]
        missing = {name for each in templates for name in facts.needed(each) if not facts_known[name]}
        where = {**WHERE, **(WHERE_ENGLISH if self.language == ENGLISH else {})}
        return [str(where[name]) for name in where if name in missing]

    @cached_property
    def origin(self) -> Origin:
        """Answer whose text the whole one is: the policy's, or the product's own."""
        text = self.subject.information.text
        if text is None or not self._is_policys:
            return ready_text.FULL.origin
        return text.origin

    @property
    def _is_policys(self) -> bool:
        """Answer whether the policy has a text of its own in this language."""
        text = self.subject.information.text
        if text is None or not self.subject.own_text:
            return False
        return self.language != ENGLISH or all(part.text_en for part in text.parts)

    @cached_property
    def _facts(self) -> dict[str, str]:
        return facts.about(self.subject, self.language)

    @cached_property
    def _weights(self) -> dict[str, int]:
        """Answer how much each item of the checklist weighs: what the law demands more than any policy."""
        law = {item.key for item in self.subject.information.statutory}
        items = self.subject.information.all_items
        return {item.key: WEIGHTS[item.strength] + (2 if item.key in law else 0) for item in items}

    def _parts(self) -> Sequence[TextPart]:
        """Answer the paragraphs of the whole text; what the law demands is put last where the text leaves it out."""
        text = self.subject.information.text
        own = text.parts if text and self._is_policys else ready_text.FULL.parts
        said = {key for part in own for key in part.covers}
        return [*own, *(part for part in ready_text.LAW if not said & set(part.covers))]

    def _whole(self) -> Version:
        return self._version(FULL, self._paragraphs(self._parts()), [], PARAGRAPH)

    def _brief(self) -> list[Paragraph]:
        """Answer the short sentences of which this account's checklist has something to gain, in their order."""
        found: list[Paragraph] = []
        said: set[str] = set()
        for paragraph in self._paragraphs(ready_text.BRIEF):
            new = {key for key in paragraph.part.covers if key in self._weights} - said
            if new:
                said |= new
                found.append(paragraph)
        return found

    def _paragraphs(self, parts: Iterable[TextPart]) -> list[Paragraph]:
        filled = ((part, facts.filled(_template(part, self.language), self._facts)) for part in parts)
        return [
            Paragraph(part, words, max((self._weights.get(key, 0) for key in part.covers), default=0))
            for part, words in filled
            if words
        ]

    def _fitted(self, key: str, paragraphs: list[Paragraph]) -> Version:
        """Answer a version from which the lightest, and of those the last, is left out until the rest has room.

        The link to the rest of the rules gives way only to what the law demands.
        """
        law = [each for each in paragraphs if _is_law(each.part)]
        link = self._has_room(self._joined(law, SENTENCE))
        kept, left = list(paragraphs), []
        while len(kept) > 1 and not self._has_room(self._joined(kept, SENTENCE, link)):
            lightest = min(reversed(kept), key=lambda each: each.weight)
            kept.remove(lightest)
            left.append(lightest)
        return self._version(key, kept, left, SENTENCE, link)

    def _has_room(self, text: str) -> bool:
        return self.limit is None or length(text) <= self.limit

    def _version(
        self, key: str, kept: list[Paragraph], left: list[Paragraph], between: str, link: bool = True
    ) -> Version:
        said = {covered for each in kept for covered in each.part.covers}
        unsaid = tuple(item for item in self.subject.information.all_items if item.key not in said)
        origin = self.origin if key == FULL else ready_text.FULL.origin
        words = tuple(each.words for each in left)
        return Version(key, self._joined(kept, between, link), origin, self.limit, words, unsaid)

    def _joined(self, paragraphs: list[Paragraph], between: str, link: bool = True) -> str:
        rules = [RULES[self.language].format(self.rules_url)] if self.rules_url and link else []
        return between.join([*(each.words for each in paragraphs), *rules])


def length(text: str) -> int:
    """Answer how many characters platforms count: UTF-16 units of the composed text, a line break as one."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return len(composed.encode("utf-16-le")) // 2


def _template(part: TextPart, language: str) -> str:
    return (part.text_en or "") if language == ENGLISH else part.text


def _is_law(part: TextPart) -> bool:
    return any(key.startswith("law_") for key in part.covers)
