"""What the law demands whatever the policy says, labelled as law wherever it is shown.

Labels name the offences of BBS-lagen 5 § in short; the consolidated text is to be checked before it is quoted.
"""

from governance.policy.base import Deadline
from governance.policy.marks import N_
from governance.policy.presence import InformationItem
from governance.policy.removal import Ground

OVERSIGHT = "BBS-lagen 4 §"
INFORMATION = "BBS-lagen 3 §"
REMOVAL = "BBS-lagen 5 §"
SECRECY_MARKING = "OSL 5 kap. 5 §"
INCIDENT = "GDPR artikel 33"

# Personal data incidents are reported to the supervisory authority within this time of being known.
INCIDENT_REPORT = Deadline(count=72, unit="hours", weekends="count")

_GROUNDS = {
    "unlawful_threat": N_("olaga hot"),
    "breach_of_privacy": N_("olaga integritetsintrång"),
    "incitement": N_("uppvigling"),
    "agitation": N_("hets mot folkgrupp"),
    "child_abuse_images": N_("barnpornografibrott"),
    "unlawful_violence": N_("olaga våldsskildring"),
    "public_provocation": N_("offentlig uppmaning till terroristbrott eller annan särskilt allvarlig brottslighet"),
    "copyright": N_("intrång i upphovsrätt"),
}
# Possession is a crime, so no picture is made or kept: the police are called first and the item is described.
_STEPS = {"child_abuse_images": ["police", "describe_only", "security_coordinator", "take_down"]}


def _ground(key: str, label: str) -> Ground:
    return Ground.model_validate(
        {
            "key": f"law_{key}",
            "label": label,
            "kind": "listed",
            "law": [key],
            "urgency": None,
            "steps": _STEPS.get(key, []),
            "clause": REMOVAL,
            "strength": "ska",
        }
    )


def _item(key: str, label: str) -> InformationItem:
    return InformationItem(key=key, label=label, where_possible=False, clause=INFORMATION, strength="ska")


GROUNDS: tuple[Ground, ...] = tuple(_ground(key, label) for key, label in _GROUNDS.items())
INFORMATION_ITEMS: tuple[InformationItem, ...] = (
    _item("law_provider", N_("Vem som tillhandahåller tjänsten")),
    _item("law_visibility", N_("I vilken utsträckning inkomna meddelanden blir tillgängliga för andra")),
)
