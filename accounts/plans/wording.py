"""Small words of the plan: weekdays and numbers as people write them."""

from collections.abc import Collection
from decimal import Decimal
from itertools import groupby

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WEEKDAYS = {
    1: gettext_lazy("måndag"),
    2: gettext_lazy("tisdag"),
    3: gettext_lazy("onsdag"),
    4: gettext_lazy("torsdag"),
    5: gettext_lazy("fredag"),
    6: gettext_lazy("lördag"),
    7: gettext_lazy("söndag"),
}
WEEKDAY_CHOICES = [(day, capfirst(name)) for day, name in WEEKDAYS.items()]


def days_in_words(days: Collection[int]) -> str:
    """Answer "måndag–fredag och söndag"."""
    ordered = sorted(set(days))
    runs = [[day for _place, day in run] for _key, run in groupby(enumerate(ordered), key=lambda e: e[1] - e[0])]
    words = [word for run in runs for word in _run(run)]
    if len(words) == 1:
        return words[0]
    return _("%(first)s och %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def times_a_week(count: Decimal | str) -> str:
    """Answer "2 gånger i veckan"."""
    number = Decimal(count)
    text = ngettext("%(count)s gång i veckan", "%(count)s gånger i veckan", 1 if number == 1 else 2)
    return text % {"count": number_in_words(number)}


def number_in_words(value: Decimal | str) -> str:
    """Answer a number without needless decimals, the way the reader's language writes it: "2,5", "2"."""
    return number_format(plain(value))


def plain(value: Decimal | str) -> Decimal:
    """Answer the number without needless decimals."""
    number = Decimal(value)
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


def _run(days: list[int]) -> list[str]:
    names = [str(WEEKDAYS[day]) for day in days]
    return [f"{names[0]}–{names[-1]}"] if len(days) > 2 else names
