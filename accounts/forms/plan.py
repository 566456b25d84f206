"""The draft of a plan, as a form that follows the policy: its points in its order, its duties with rows for people."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from accounts import points
from accounts.forms import fields
from accounts.forms.people import People, PersonField, Row, label, row_count
from accounts.models import ActivityPlan, Duty
from accounts.wording import plain
from governance.models import User
from governance.policy.points import POINTS
from governance.policy.schema import DutyRule

Named = list[tuple[User, str, str]]  # person, e-mail, phone


@dataclass(frozen=True)
class Group:
    """The rows of one duty; `contact` where the plan says how those named are reached."""

    rule: DutyRule
    rows: list[Row]
    contact: bool


@dataclass(frozen=True)
class Section:
    """One point of the form; what the policy does not ask for has no clause. `fixed` is known and cannot be changed."""

    key: str
    title: str
    help: str
    number: int | None = None
    example: str = ""
    clause: str = ""
    strength: str = ""
    fixed: str = ""
    fields: list[BoundField] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def is_least(self) -> bool:
        """Answer whether the policy only advises, and the product's own least number of people is what stops a plan."""
        least = any(group.rule.minimum_origin.basis == "default" and group.rule.minimum for group in self.groups)
        return least and self.strength != "ska"

    @property
    def single(self) -> BoundField | None:
        """Answer the one field that bears the section's own title."""
        return self.fields[0] if len(self.fields) == 1 and not self.groups else None


class PlanForm(forms.Form):
    """A draft. Everything may be missing; what is there must make sense, and what was typed stays."""

    def __init__(self, data: Any = None, *, plan: ActivityPlan) -> None:
        """Make a field for every point and rows for every duty, filled with what the draft says."""
        super().__init__(data)
        self.plan, self.rules = plan, plan.rules
        self.people = People(User.objects.filter(is_active=True))
        self._row_counts: dict[str, int] = {}
        for point in self.rules.points:
            self._add_point(point.key, point.label)
            self._add_duties_of(point.key)
        self._add_duties_of(None)
        for key in points.optional(self.rules):
            self._add_point(key, POINTS[key].label)

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
        own = {key: self.cleaned_data[key] for key in keys if key.startswith(points.OWN)}
        return {**{column: self.cleaned_data[column] for column in known}, "own_points": own}

    def named(self) -> dict[str, Named]:
        """Answer who is named for each duty, in the order of the rows."""
        return {kind: list(self._named(kind)) for kind in self._row_counts}

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
        return cleaned

    def _add_point(self, key: str, title: str) -> None:
        """Add the point's fields; one that is alone under its point bears the point's own title."""
        if key.startswith(points.OWN):
            self.fields[key], self.initial[key] = fields.text(required=False), self.plan.own_points.get(key, "")
        for column in points.COLUMNS.get(key, ()):
            self.fields[column] = fields.of_column(column, self.plan.account.platform)
            value = getattr(self.plan, column)
            self.initial[column] = plain(value) if isinstance(value, Decimal) else value
        if len(names := self._names(key)) == 1:
            self.fields[names[0]].label = title

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

    def _named(self, kind: str) -> Any:
        reached = self._is_reached(kind)
        for name in (f"{kind}-{number}" for number in range(self._row_counts[kind])):
            if person := self.cleaned_data.get(f"{name}-person"):
                email = (self._written(name, "email", person) or person.email) if reached else ""
                phone = (self._written(name, "phone", person) or person.phone) if reached else ""
                yield person, email, phone

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
        )

    def _of_duty(self, rule: DutyRule) -> Section:
        return Section(
            rule.kind, rule.title, "", clause=rule.clause, strength=rule.strength, groups=[self._group(rule)]
        )

    def _of_optional(self, key: str) -> Section:
        return Section(key, POINTS[key].label, POINTS[key].help, fields=self._fields(key))

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
