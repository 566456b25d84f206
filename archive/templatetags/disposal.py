"""What the templates of disposal need of their own."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def under(found: dict[int, Any], number: int) -> Any:
    """Answer what stands under a number, as the decision of a record."""
    return found.get(number)
