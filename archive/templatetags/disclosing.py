"""`{% to_request %}`: the way from a list or a search of records to handing some of them out."""

from typing import Any

from django import template
from django.template import Context

from archive.disclosing.requesting import HANDLES
from governance import access

register = template.Library()


@register.inclusion_tag("archive/disclosure/_to_request.html", takes_context=True)
def to_request(context: Context) -> dict[str, Any]:
    """Answer the link with what the list is narrowed to; nothing for those who do not hand out."""
    request = context["request"]
    return {"shown": access.holds(request.user, HANDLES), "asked": request.GET.urlencode()}
