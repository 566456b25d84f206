"""The one page for every step of every workflow."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance import access, workflow
from governance.forms import StepForm
from governance.request import Request
from governance.workflow import Refused, Step


@require_http_methods(["GET", "HEAD", "POST"])
def perform(request: Request, label: str, pk: int, step: str) -> HttpResponse:
    """Take a step on an object (POST), or ask for its reason first (GET); 404, 403, or a refusal that is said."""
    model, asked = _asked(label, step)
    obj: Any = access.get_or_deny(request.user, model._default_manager.all(), pk=pk)
    if request.method != "POST":
        return _ask(request, obj, asked)
    form = StepForm(request.POST, asked)
    if form.is_valid() and _taken(request, form, obj, asked):
        messages.success(request, _("Klart. Läget är nu ”%(status)s”.") % {"status": _standing(obj)})
        return redirect(_back(request, obj))
    if asked.asks_reason:
        return _page(request, form, obj, asked)
    messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect(obj)


def _back(request: Request, obj: Any) -> Any:
    """Answer where to go on: the object, or the start page for one who may not see it any more."""
    return obj if access.can(request.user, obj.ACCESS_SEE, obj) else "governance:start-show"


def _asked(label: str, name: str) -> tuple[type[models.Model], Step]:
    """Answer the model and its step; only steps that have a button are taken here."""
    known = {model._meta.label_lower: model for model in workflow.models_with_lifecycle()}
    model = known.get(label.lower())
    step = workflow.lifecycle_of(model).steps.get(name) if model else None
    if model is None or step is None or not step.button:
        raise Http404
    return model, step


def _ask(request: Request, obj: Any, step: Step) -> HttpResponse:
    if step in workflow.available(obj, request.user):
        return _page(request, StepForm(None, step), obj, step)
    if getattr(obj, workflow.lifecycle_of(type(obj)).field) in step.source:
        raise PermissionDenied
    messages.error(request, _("Det går inte nu: läget är ”%(status)s”.") % {"status": _standing(obj)})
    return redirect(obj)


def _taken(request: Request, form: StepForm, obj: Any, step: Step) -> bool:
    try:
        workflow.perform(obj, step.name, by=request.user, reason=form.cleaned_data.get("reason", ""))
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _page(request: Request, form: StepForm, obj: Any, step: Step) -> HttpResponse:
    context = {"form": form, "object": obj, "step": step, "standing": _standing(obj)}
    return render(request, "governance/step_form.html", context)


def _standing(obj: Any) -> str:
    return str(getattr(obj, f"get_{workflow.lifecycle_of(type(obj)).field}_display")())
