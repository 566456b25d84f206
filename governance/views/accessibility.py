"""What the product does and does not do for accessibility, and whom to tell (lag 2018:1937)."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.models import Municipality, Unit
from governance.shared import shared
from governance.stamps import stamp_of

# When the statement was last gone through; it is changed with the text.
REVIEWED = date(2026, 11, 20)


@shared(stamp_of)
def show(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement to anybody."""
    said = Municipality.objects.current()
    root = Unit.objects.filter(parent=None).first()
    contact = said.accessibility_email or said.email or (root.email if root else "")
    context = {"contact": contact, "reviewed": REVIEWED}
    return render(request, "governance/accessibility.html", context)
