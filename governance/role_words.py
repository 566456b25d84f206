"""What roles are called here: the word of the policy that holds, else the product's own."""

from governance.models import PolicyVersion
from governance.permissions import ROLE_LABELS


def role_words() -> dict[str, str]:
    """Answer the word of each role, with a capital first letter."""
    version = PolicyVersion.objects.current()
    if version is None:
        return {role: str(label) for role, label in ROLE_LABELS.items()}
    return {role: _capital(version.policy.word(role)) for role in ROLE_LABELS}


def _capital(word: str) -> str:
    return f"{word[:1].upper()}{word[1:]}"
