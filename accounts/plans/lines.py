"""What a plan says of each point, line by line, in the reader's language; made from the content that is signed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.models.plan import ASSESSED
from accounts.plans import points
from accounts.plans.content import Content
from accounts.plans.wording import days_in_words, number_in_words, times_a_week
from governance.policy.schema import Plan


@dataclass(frozen=True)
class Line:
    """One line under a point; `label` tells it from its neighbours."""

    text: str
    label: str = ""


def facts(content: Content, rules: Plan) -> Iterator[Line]:
    """Yield which account it is; what the policy asks for as points of its own stands there and not twice."""
    account = content["account"]
    yield Line(account["name"], _("Konto"))
    if rules.point("platform") is None:
        yield Line(account["platform"], _("Plattform"))
    if rules.point("unit") is None:
        yield Line(", ".join(content["units"]), _("Verksamhet"))
    seen_by = str(Account.Visibility(account["visibility"]).label)
    reason = account["visibility_reason"]
    yield Line(f"{seen_by}: {reason}" if reason else seen_by, _("Vem kan se kontot"))


def of_point(key: str, content: Content, rules: Plan) -> list[Line]:
    """Answer what is said under a point; nothing where it is not filled in."""
    if key in points.PEOPLE:
        return list(people(content, points.kinds_of(key, rules), rules))
    said = _POINTS.get(key)
    return list(said(content) if said else _text(key, content))


def people(content: Content, kinds: Iterable[str], rules: Plan) -> Iterator[Line]:
    """Yield everyone named for these duties, and how they are reached."""
    for kind in kinds:
        named = [duty for duty in content["duties"] if duty["kind"] == kind]
        title = points.title_of(kind, rules)
        for number, duty in enumerate(named, start=1):
            yield Line(person(duty), f"{title} {number}" if len(named) > 1 else title)


def person(duty: dict[str, Any]) -> str:
    """Answer who has a duty, and how he or she is reached."""
    return ", ".join(part for part in (duty["name"], duty["email"], duty["phone"]) if part)


def goal(row: dict[str, Any]) -> str:
    """Answer a goal in one sentence or a few: what, how it is measured, how much, when it is followed up."""
    said = [row["text"]]
    if row["measure"]:
        said.append(_("Mäts: %(measure)s") % {"measure": row["measure"]})
    if row["target"]:
        said.append(_("Målvärde: %(target)s") % {"target": row["target"]})
    if row["follow_up_on"]:
        said.append(_("Följs upp: %(day)s") % {"day": day(row["follow_up_on"])})
    return "\n".join(said)


def day(value: date | str) -> str:
    """Answer a day in words; JSON gives it as text."""
    return date_format(date.fromisoformat(value) if isinstance(value, str) else value, "j F Y")


def _text(key: str, content: Content) -> Iterator[Line]:
    """Yield a free text; an assessment with who made it, and when."""
    said = content["points"]
    text = said["own_points"].get(key, "") if key.startswith(points.OWN) else said[points.COLUMNS[key][0]]
    if not text.strip():
        return
    yield Line(text)
    if key in ASSESSED and said[f"{key}_on"]:
        by = content["assessed_by"][key]
        yield Line(", ".join(part for part in (by, day(said[f"{key}_on"])) if part), _("Bedömt av"))


def _hours(content: Content) -> Iterator[Line]:
    hours = content["points"]["hours_per_week"]
    if hours is not None:
        yield Line(_("%(hours)s timmar i veckan") % {"hours": number_in_words(hours)})


def _watch(content: Content) -> Iterator[Line]:
    said = content["points"]
    if said["watch_days"]:
        days = days_in_words(said["watch_days"])
        holidays = _("även helgdagar") if said["watch_on_holidays"] else _("inte helgdagar")
        yield Line(f"{days} ({holidays})", _("Bevakas"))
    if said["watch_times"]:
        yield Line(said["watch_times"], _("Tider"))
    if said["updates_per_week"] is not None:
        yield Line(times_a_week(said["updates_per_week"]), _("Uppdateras"))
    if said["removal_hours"] is not None:
        hours = _("inom %(hours)s timmar") % {"hours": said["removal_hours"]}
        yield Line(hours, _("Otillåtet innehåll tas bort"))


def _goals(content: Content) -> Iterator[Line]:
    rows = content["goals"]
    for number, row in enumerate(rows, start=1):
        yield Line(goal(row), _("Mål %(number)s") % {"number": number} if len(rows) > 1 else "")


_POINTS: dict[str, Callable[[Content], Iterable[Line]]] = {
    "platform": lambda content: [Line(content["account"]["platform"])],
    "unit": lambda content: [Line(", ".join(content["units"]))],
    "watch_and_updates": _watch,
    "hours_per_week": _hours,
    points.GOALS: _goals,
}
