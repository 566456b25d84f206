"""Two who write the same draft at once: what only one of them changed is kept, and where both did, both are shown.

The page remembers what stood in each field when it was opened, so that a field the writer never touched takes what
somebody else saved there meanwhile.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.forms import PlanForm
from accounts.models import ActivityPlan
from accounts.plans.wording import days_in_words, number_in_words

OPENED = "opened"
SHORT = 12  # enough to tell a text from another one


@dataclass(frozen=True)
class Both:
    """One field that both have changed."""

    label: str
    saved: str
    typed: str
    target: str


def opened(plan: ActivityPlan) -> str:
    """Answer what stands in each field now, in short, for the page to send back."""
    return json.dumps({field.name: _short(field) for field in PlanForm(plan=plan)})


def merged(data: QueryDict, plan: ActivityPlan) -> PlanForm:
    """Answer the form over the plan as it is now, with what the writer typed, and what was saved where nothing was."""
    before, now = _read(data), PlanForm(plan=plan)
    form = PlanForm(data, plan=plan)
    joined = data.copy()
    for field in form:
        if before.get(field.name) == _short(field):
            _take(joined, now[field.name])
    joined["revision"] = str(plan.revision)
    joined[OPENED] = opened(plan)
    answer = PlanForm(joined, plan=plan)
    answer.is_valid()
    return answer


def differing(form: PlanForm) -> list[Both]:
    """Answer every field in which what was typed is not what is saved; the form is made over the plan as it is now."""
    visible = [field for field in form.visible_fields() if field.name in form.changed_data]
    return [
        Both(str(field.label), _shown(field.initial), _shown(_typed(field)), field.auto_id or "") for field in visible
    ]


def _read(data: QueryDict) -> dict[str, str]:
    """Answer what the page remembers; nothing where it sends something else."""
    try:
        found = json.loads(data.get(OPENED, ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _take(data: QueryDict, field: BoundField) -> None:
    """Put what is saved into the data, as a browser would send it."""
    raw = _raw(field)
    data.setlist(field.html_name, raw if isinstance(raw, list) else [raw] if raw else [])


def _short(field: BoundField) -> str:
    return hashlib.sha256(repr(_raw(field)).encode()).hexdigest()[:SHORT]


def _raw(field: BoundField) -> str | list[str]:
    """Answer what stands in a field as a browser sends it; a list for several choices."""
    value = field.value()
    if isinstance(value, list):
        return sorted(str(each) for each in value)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return str(field.field.widget.format_value(value) or "").replace("\r\n", "\n").strip()


def _typed(field: BoundField) -> Any:
    if field.name == "watch_days":
        return [int(day) for day in field.data or [] if str(day).isdigit()]
    return field.data


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return days_in_words(value) if value else ""
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return number_in_words(value) if isinstance(value, Decimal) else str(value or "")
