"""What the policy says of an account, in the words of the public and in either language."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from governance.policy.schema import Deadline
from governance.shared import SWEDISH


@dataclass(frozen=True)
class Said:
    """A text and the language it is in: what the municipality has written itself may exist in Swedish only."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


def in_words(deadline: Deadline) -> str:
    """Answer a deadline as one says it to the public: "inom 2 arbetsdagar"."""
    if deadline.unit == "next working day":
        return _("senast nästa arbetsdag")
    if deadline.unit == "hours":
        text = ngettext("inom %(count)d timme", "inom %(count)d timmar", deadline.count) % {"count": deadline.count}
        return _("%(hours)s, helger oräknade") % {"hours": text} if deadline.weekends == "pause" else text
    return ngettext("inom %(count)d arbetsdag", "inom %(count)d arbetsdagar", deadline.count) % {
        "count": deadline.count
    }


def translated(text: str) -> Said:
    """Answer a text of the policy in the language that is spoken, where the catalogue has it, else in Swedish."""
    words = _(text)
    language = get_language() or SWEDISH
    return Said(capfirst(words), language if words != text or language == SWEDISH else SWEDISH)
