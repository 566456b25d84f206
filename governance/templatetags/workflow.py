"""`{% steps obj %}`: the buttons of what the reader may do with an object now."""

from typing import Any

from django import template
from django.db import models
from django.template import Context
from django.urls import reverse

from governance import workflow

register = template.Library()


@register.inclusion_tag("governance/_steps.html", takes_context=True)
def steps(context: Context, obj: models.Model) -> dict[str, Any]:
    """Answer one button per step, each with its own address."""
    request = context["request"]
    shown = [
        {"name": s.name, "label": s.label, "color": s.color, "asks_reason": s.asks_reason, "url": step_url(obj, s.name)}
        for s in workflow.available(obj, request.user)
    ]
    return {"steps": shown, "request": request}


def step_url(obj: models.Model, step: str) -> str:
    """Answer where a step on an object is taken."""
    return reverse("governance:step-perform", args=[obj._meta.label_lower, obj.pk, step])
