"""Words of the organisation in templates."""

from django import template

register = template.Library()


@register.filter
def role_word(words: dict[str, str], role: str) -> str:
    """Answer what a role is called here."""
    return words[role]
