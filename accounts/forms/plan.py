"""The draft of a plan, as a form that follows the policy: its points in its order, its duties with rows for people."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from accounts.forms import fields
from accounts.forms.goals import GoalRows
from accounts.forms.people import People, PersonField, Row, label, row_count
from accounts.forms.sections import Group, Section
from accounts.models import ActivityPlan, Duty
from accounts.models.plan import ASSESSED
from accounts.plans import points
from accounts.plans.drafts import GoalRow, Named
from accounts.plans.wording import plain
from governance.models import User
from governance.policy.points import POINTS
from governance.policy.schema import DutyRule

ASSESSED_BY = tuple(f"{name}_by" for name in ASSESSED)


class PlanForm(forms.Form):
    """A draft. Everything may be missing; what is there must make sense, and what was typed stays.

    What it answers is what makes sense of it: of a form that is not valid as a whole, the rest can be saved.
    """

    def __init__(self, data: Any = None, *, plan: ActivityPlan) -> None:
        """Make a field for every point and rows for every duty, filled with what the draft says."""
        super().__init__(data)
        self.plan, self.rules = plan, plan.rules
        self.people = People(User.objects.filter(is_active=True))
        # Who made an assessment may have left since.
        self.assessors = People({*self.people.users, *_assessors(plan)})
        self.fields["revision"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.initial["revision"] = plan.revision
        self._row_counts: dict[str, int] = {}
        for point in self.rules.points:
            self._add_point(point.key, point.label)
            self._add_duties_of(point.key)
        self._add_duties_of(None)
        for key in points.optional(self.rules):
            self._add_point(key, _(POINTS[key].label))
        self.goal_rows = GoalRows(self, plan)

    def asked(self) -> list[Section]:
        """Answer the sections of what the policy asks for, in its order; duties without a point of their own last."""
        own = [self._of_duty(rule) for rule in self.rules.duties if points.home_of(rule.kind, self.rules) is None]
        return [self._of_point(point.key) for point in self.rules.points] + own

    def more(self) -> list[Section]:
        """Answer the sections of what can be told though the policy does not ask for it."""
        return [self._of_optional(key) for key in points.optional(self.rules)]

    def columns(self) -> dict[str, Any]:
        """Answer what was written, by column of the plan."""
        keys = [point.key for point in self.rules.points]
        known = points.columns([*keys, *points.optional(self.rules)])
        cleaned = self.cleaned_data
        saved = self.plan.own_points
        own = {key: cleaned.get(key, saved.get(key, "")) for key in keys if key.startswith(points.OWN)}
        return {**{column: cleaned[column] for column in known if column in cleaned}, "own_points": own}

    def named(self) -> dict[str, Named]:
        """Answer who is named for each duty, in the order of the rows."""
        wrong = {name.rsplit("-", 2)[0] for name in self.errors}
        return {kind: self._named(kind) for kind in self._row_counts if kind not in wrong}

    def settled(self, saved: ActivityPlan) -> dict[str, str]:
        """Answer what saving filled in by itself, by field: how people are reached, who assessed, which goal it is."""
        found: dict[str, str] = {}
        for kind in self.named():
            for row, person, email, phone in self._rows_of(kind):
                if person and self._is_reached(kind):
                    found |= {f"{row}-email": email, f"{row}-phone": phone}
        for name in ASSESSED:
            by, on = getattr(saved, f"{name}_by"), getattr(saved, f"{name}_on")
            found |= {f"{name}_by": label(by) if by else "", f"{name}_on": on.isoformat() if on else ""}
        if self.goals() is not None:
            found |= {f"{row}-series": str(goal.series) for row, goal in self.goal_rows.by_row.items()}
        return found

    def goals(self) -> list[GoalRow] | None:
        """Answer the goals; None where a row of them does not make sense yet."""
        return self.goal_rows.written()

    def revision(self) -> int | None:
        """Answer which revision of the draft was written in."""
        found: int | None = self.cleaned_data.get("revision")
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a person named twice for the same duty, and a way to reach nobody."""
        cleaned = super().clean() or {}
        for kind, count in self._row_counts.items():
            seen: set[User] = set()
            for name in (f"{kind}-{number}" for number in range(count)):
                person = cleaned.get(f"{name}-person")
                if person in seen:
                    self.add_error(f"{name}-person", _("%(name)s är redan angiven här.") % {"name": person})
                seen |= {person} if person else set()
                reached = cleaned.get(f"{name}-email") or cleaned.get(f"{name}-phone")
                if reached and not person and f"{name}-person" not in self.errors:
                    self.add_error(f"{name}-person", _("Skriv vem e-posten eller telefonen går till."))
        self.goal_rows.check()
        self._check_assessments(cleaned)
        return cleaned

    def _check_assessments(self, cleaned: dict[str, Any]) -> None:
        """Refuse to name who made an assessment that is not there; one that is taken away takes its maker along."""
        for name in ASSESSED:
            touched = {f"{name}_by", f"{name}_on"} & set(self.changed_data)
            said = cleaned.get(f"{name}_by") or cleaned.get(f"{name}_on")
            if said and touched and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Skriv bedömningen som någon har gjort."))

    def _add_point(self, key: str, title: str) -> None:
        """Add the point's fields; one that is alone under its point bears the point's own title."""
        if key.startswith(points.OWN):
            self.fields[key], self.initial[key] = fields.text(required=False), self.plan.own_points.get(key, "")
        for column in points.COLUMNS.get(key, ()):
            self.fields[column] = self._field(column)
            self.initial[column] = _shown(getattr(self.plan, column))
        if len(names := self._names(key)) == 1 or key in ASSESSED:
            self.fields[names[0]].label = title

    def _field(self, column: str) -> forms.Field:
        if column in ASSESSED_BY:
            return PersonField(self.assessors, label=_("Bedömt av"), help_text=_("Tomt betyder du."))
        return fields.of_column(column, self.plan.account.platform)

    def _add_duties_of(self, key: str | None) -> None:
        for rule in self.rules.duties:
            if points.home_of(rule.kind, self.rules) == key:
                self._row_counts[rule.kind] = self._add_rows(rule)

    def _add_rows(self, rule: DutyRule) -> int:
        named = list(self.plan.duties.filter(kind=rule.kind).select_related("person").order_by("pk"))
        data = self.data if self.is_bound else None
        count = row_count(rule.kind, data, len(named), rule.minimum, rule.maximum)
        for number in range(count):
            self._add_row(f"{rule.kind}-{number}", rule, named[number] if number < len(named) else None)
        return count

    def _add_row(self, name: str, rule: DutyRule, duty: Duty | None) -> None:
        number = int(name.rpartition("-")[2]) + 1
        title = f"{rule.title} {number}" if rule.maximum != 1 else rule.title
        self.fields[f"{name}-person"] = PersonField(self.people, label=title)
        self.initial[f"{name}-person"] = label(duty.person) if duty else ""
        if self._is_reached(rule.kind):
            self.fields[f"{name}-email"] = forms.EmailField(required=False, label=_("E-post"))
            self.fields[f"{name}-phone"] = forms.CharField(required=False, max_length=40, label=_("Telefon"))
            self.initial[f"{name}-email"] = duty.email if duty else ""
            self.initial[f"{name}-phone"] = duty.phone if duty else ""

    def _is_reached(self, kind: str) -> bool:
        return points.home_of(kind, self.rules) in points.REACHED

    def _named(self, kind: str) -> Named:
        return [(person, email, phone) for _row, person, email, phone in self._rows_of(kind) if person]

    def _rows_of(self, kind: str) -> Iterator[tuple[str, User | None, str, str]]:
        """Yield each row: its name, who is named, and how he or she is reached where the plan says that."""
        reached = self._is_reached(kind)
        for row in (f"{kind}-{number}" for number in range(self._row_counts[kind])):
            person = self.cleaned_data.get(f"{row}-person")
            if person is None or not reached:
                yield row, person, "", ""
            else:
                email = self._written(row, "email", person) or person.shown_email
                yield row, person, email, self._written(row, "phone", person) or person.shown_phone

    def _written(self, row: str, how: str, person: User) -> str:
        """Answer what was written for this person; what stands there from the one before belongs to that one."""
        written: str = self.cleaned_data[f"{row}-{how}"]
        is_new = self.initial[f"{row}-person"] != label(person)
        return "" if is_new and written == self.initial[f"{row}-{how}"] else written

    def _of_point(self, key: str) -> Section:
        point = next(point for point in self.rules.points if point.key == key)
        homes = [rule for rule in self.rules.duties if points.home_of(rule.kind, self.rules) == key]
        return Section(
            key=key,
            title=point.label,
            help=point.help,
            number=point.number,
            example=point.example or "",
            clause=point.clause,
            strength=point.strength,
            fixed=self._fixed(key),
            fields=self._fields(key),
            groups=[self._group(rule) for rule in homes],
            goals=self._goals(key),
        )

    def _of_duty(self, rule: DutyRule) -> Section:
        return Section(
            rule.kind, rule.title, "", clause=rule.clause, strength=rule.strength, groups=[self._group(rule)]
        )

    def _of_optional(self, key: str) -> Section:
        info = POINTS[key]
        return Section(key, _(info.label), _(info.help), fields=self._fields(key), goals=self._goals(key))

    def _goals(self, key: str) -> list[Any]:
        return self.goal_rows.drawn() if key == points.GOALS else []

    def _fields(self, key: str) -> list[BoundField]:
        return [self[name] for name in self._names(key)]

    def _names(self, key: str) -> tuple[str, ...]:
        return (key,) if key.startswith(points.OWN) else points.COLUMNS[key]

    def _group(self, rule: DutyRule) -> Group:
        names = [f"{rule.kind}-{number}" for number in range(self._row_counts[rule.kind])]
        reached = self._is_reached(rule.kind)
        rows = [
            Row(self[f"{n}-person"], self[f"{n}-email"] if reached else None, self[f"{n}-phone"] if reached else None)
            for n in names
        ]
        return Group(rule, rows, reached)

    def _fixed(self, key: str) -> str:
        if key == "platform":
            return str(self.plan.account.platform)
        return str(self.plan.unit) if key == "unit" else ""


def _shown(value: Any) -> Any:
    """Answer a saved value as a field shows it."""
    if isinstance(value, User):
        return label(value)
    return plain(value) if isinstance(value, Decimal) else value


def _assessors(plan: ActivityPlan) -> list[User]:
    return [user for name in ASSESSED_BY if (user := getattr(plan, name))]
