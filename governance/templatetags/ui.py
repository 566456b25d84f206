"""Tags that serve looks only: form controls, sorting, paging, dates in words. They decide nothing."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms, template
from django.contrib.messages import constants as levels
from django.core.paginator import Page
from django.forms import BoundField, Widget
from django.http import QueryDict
from django.template import Context
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from governance import clock

register = template.Library()

NATIVE_DATES: dict[type[Widget], tuple[str, str]] = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}
TYPED = (forms.DateTimeInput, forms.DateInput, forms.TimeInput, forms.NumberInput)
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
LEVEL_COLORS = {levels.SUCCESS: "success", levels.WARNING: "warning", levels.ERROR: "danger"}


class Error(NamedTuple):
    """One error of a form; without a target it belongs to the form as a whole."""

    target: str
    label: str
    text: str


class Option(NamedTuple):
    """One choice of a group, ready to be placed beside its label."""

    tag: SafeString
    label: str
    id: str


class PageLink(NamedTuple):
    """A step in a pagination; without a number it is a gap."""

    number: int | None
    url: str
    current: bool


# --- Form controls ---------------------------------------------------------------------------------------
@register.simple_tag
def field_kind(field: BoundField) -> str:
    """Answer how a field is laid out: "hidden", "group", "checkbox" or "control"."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPS):
        return "group"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "control"


@register.filter
def field_target(field: BoundField) -> str:
    """Answer the id an error link leads to: the control, or the first choice of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def described_by(field: BoundField, help_text: str) -> str:
    """Answer the ids of what explains a group: its help, then its error."""
    ids = [f"{field.auto_id}_helptext"] if help_text else []
    return " ".join([*ids, f"{field.auto_id}_error"] if field.errors else ids)


@register.simple_tag
def control(field: BoundField, help_text: str) -> SafeString:
    """Render a control in our look with its explanations tied to it; what was typed stands as typed."""
    field.help_text = help_text  # what is drawn is what Django ties to the control
    widget = native(field)
    return field.as_widget(widget=widget, attrs={"class": with_look(widget)})


@register.simple_tag
def options(field: BoundField) -> list[Option]:
    """Answer the choices of a radio or checkbox group, each with its control and its label."""
    return [option(choice) for choice in field.subwidgets]


def option(choice: Any) -> Option:
    """Answer one choice of a group in our look."""
    choice.data["attrs"]["class"] = "ds-input"
    return Option(choice.tag(), choice.choice_label, choice.id_for_label)


def native(field: BoundField) -> Widget:
    """Answer a copy of the widget; a date or a time written as text becomes the browser's own control.

    What was typed and cannot be read stays in a plain text control: the browser's own would show nothing.
    """
    mine = deepcopy(field.field.widget)
    if mine.attrs.get("placeholder") == field.label:
        del mine.attrs["placeholder"]  # it only says the label once more
    if isinstance(mine, TYPED) and not readable(field):
        mine.input_type = "text"
        return mine
    for kind, (input_type, pattern) in NATIVE_DATES.items():
        if isinstance(mine, kind) and getattr(mine, "input_type", "") == "text":
            mine.input_type, mine.format = input_type, pattern  # type: ignore[attr-defined]
            break
    return mine


def readable(field: BoundField) -> bool:
    """Answer whether what was typed can be read as what the field holds."""
    try:
        field.field.to_python(field.value() if field.form.is_bound else None)
    except forms.ValidationError:
        return False
    return True


def with_look(widget: Widget) -> str:
    """Answer the widget's classes with the design system's added."""
    return f"ds-input {widget.attrs.get('class', '')}".strip()


@register.filter
def multipart(form: forms.BaseForm | None) -> bool:
    """Answer whether a form carries files."""
    return bool(form and form.is_multipart())


@register.filter
def has_required(form: forms.BaseForm | None) -> bool:
    """Answer whether any field that is seen must be filled in."""
    return bool(form and any(field.field.required for field in form.visible_fields()))


@register.simple_tag
def form_errors(form: forms.BaseForm | None, formset: forms.BaseFormSet | None = None) -> list[Error]:
    """Answer every error, the form's own first, in the order of the page."""
    found = list(errors_of(form)) if form else []
    if formset is not None and formset.is_bound:
        found += [Error("", "", str(text)) for text in formset.non_form_errors()]
        found += [error for part in formset.forms for error in errors_of(part)]
    return found


def errors_of(form: forms.BaseForm) -> Iterator[Error]:
    """Yield the errors of one form."""
    yield from (Error("", "", str(text)) for text in form.non_field_errors())
    for field in form:
        target = "" if field.is_hidden else field_target(field)
        yield from (Error(target, str(field.label or ""), str(text)) for text in field.errors)


# --- Lists -----------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def sort_state(context: Context, key: str, param: str, paging: str, current: str = "") -> dict[str, str]:
    """Answer a column's `aria` state and the `url` that sorts by it, or turns the order round."""
    query = query_of(context)
    order = query.get(param, current)
    query.pop(paging, None)
    query[param] = f"-{key}" if order == key else key
    aria = {key: "ascending", f"-{key}": "descending"}.get(order, "none")
    return {"aria": aria, "url": f"?{query.urlencode()}"}


@register.simple_tag(takes_context=True)
def page_links(context: Context, page: Page, param: str) -> list[PageLink]:
    """Answer the links of a pagination with gaps where many pages are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [
        PageLink(number, page_url(context, number, param), number == page.number)
        if isinstance(number, int)
        else PageLink(None, "", False)
        for number in numbers
    ]


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int, param: str) -> str:
    """Answer the address of a page of the list, everything else in the address kept."""
    query = query_of(context)
    query[param] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def export_url(context: Context, wanted: str) -> str:
    """Answer the address of the whole list as a file, narrowed and ordered as it is now."""
    query = query_of(context)
    query.pop("sida", None)
    query["format"] = wanted
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def asked(context: Context, param: str) -> str:
    """Answer one parameter of the address, or nothing."""
    return query_of(context).get(param, "")


def query_of(context: Context) -> QueryDict:
    """Answer a copy of the address's parameters that may be changed; none outside a request."""
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


# --- Time in words ---------------------------------------------------------------------------------------
@register.filter
def day(value: date | datetime | None) -> str:
    """Answer "20 november 2026"."""
    return date_format(on_the_wall(value), "j F Y") if value else ""


@register.filter
def moment(value: date | datetime | None) -> str:
    """Answer "20 november 2026 kl. 14.05"; a day without a time is only the day."""
    if not isinstance(value, datetime):
        return day(value)
    return _("%(day)s kl. %(time)s") % {"day": day(value), "time": time_of_day(value)}


@register.filter
def time_of_day(value: datetime | None) -> str:
    """Answer "14.05"."""
    return date_format(clock.local(value), pgettext("mönster för klockslag", "H.i")) if value else ""


@register.filter
def relative(value: date | datetime | None) -> str:
    """Answer a near day in words ("i dag", "om 3 dagar", "för 2 dagar sedan"), a far one as a date."""
    if not value:
        return ""
    days = (day_of(value) - clock.today()).days
    near = {0: _("i dag"), 1: _("i morgon"), -1: _("i går")}.get(days)
    if near and isinstance(value, datetime):
        return _("%(day)s kl. %(time)s") % {"day": near, "time": time_of_day(value)}
    return near or far(days) or day(value)


def far(days: int) -> str:
    """Answer a distance of two to thirty days in words, or nothing."""
    if 1 < days <= 30:
        return ngettext("om %(days)d dag", "om %(days)d dagar", days) % {"days": days}
    if -30 <= days < -1:
        return ngettext("för %(days)d dag sedan", "för %(days)d dagar sedan", -days) % {"days": -days}
    return ""


def on_the_wall(value: date | datetime) -> date | datetime:
    """Answer the value as Sweden's clocks and calendars show it."""
    return clock.local(value) if isinstance(value, datetime) else value


def day_of(value: date | datetime) -> date:
    """Answer the calendar day in Sweden."""
    return clock.local(value).date() if isinstance(value, datetime) else value


@register.filter
def machine_time(value: date | datetime | None) -> str:
    """Answer the value for a `datetime` attribute."""
    return on_the_wall(value).isoformat() if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Answer "2026-11-20", for columns."""
    return day_of(value).isoformat() if value else ""


@register.simple_tag
def printed_at() -> str:
    """Answer this moment in words, for the foot of a printed page."""
    return moment(clock.now())


# --- Small words -----------------------------------------------------------------------------------------
@register.filter
def initials(name: object) -> str:
    """Answer the first letters of the first and the last name."""
    words = str(name).replace("@", " ").split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def level_color(level: int) -> str:
    """Answer the design system's colour for the level of a message."""
    return LEVEL_COLORS.get(level, "info")
