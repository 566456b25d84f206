"""What a policy wants to be so before an account starts, and with whom the start is anchored, as keys that are kept."""

from collections.abc import Iterable

from governance.policy.base import Demand
from governance.policy.plan import Prerequisite
from governance.policy.schema import Plan

ANCHORED = "anchored_with"


def of(rules: Plan) -> dict[str, Prerequisite | Demand]:
    """Answer them by key, in the policy's order."""
    found: dict[str, Prerequisite | Demand] = {each.key: each for each in rules.prerequisites}
    return found | ({ANCHORED: rules.anchored_with} if rules.anchored_with else {})


def text_of(said: Prerequisite | Demand) -> str:
    """Answer what is to be so, in the policy's words."""
    return said.label if isinstance(said, Prerequisite) else said.text


def texts(keys: Iterable[str], rules: Plan) -> list[str]:
    """Answer what these keys stand for; what the policy no longer names is left out."""
    known = of(rules)
    return [text_of(known[key]) for key in keys if key in known]
