"""Addresses of public pages, in the language that the page is in."""

from typing import Any

from django import template
from django.urls import NoReverseMatch

from governance.shared import local_reverse

register = template.Library()


@register.simple_tag
def local_url(name: str, **kwargs: Any) -> str:
    """Answer the page's address in this language; nothing where there is no such page."""
    try:
        return local_reverse(name, **kwargs)
    except NoReverseMatch:
        return ""
