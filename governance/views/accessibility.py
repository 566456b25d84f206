"""What the product does and does not do for accessibility, and whom to tell."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.models import Unit


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (lag 2018:1937) to anybody."""
    root = Unit.objects.filter(parent=None).first()
    return render(request, "governance/accessibility.html", {"contact": root.email if root else ""})
