"""What Uppsikt answers where a document is silent, always shown as the product's own answer.

A default binds nobody and any policy may differ. It is what a careful municipality would do without a rule.
"""

from datetime import time
from typing import Any

from governance.policy import law, ready_text
from governance.policy.base import DEFAULT_CLAUSE, Deadline, Demand, Section
from governance.policy.keeping import MONTHS_IN_YEAR, Closing, ClosingStep, Snapshot
from governance.policy.marks import N_
from governance.policy.plan import Approval, DutyRule, Plan, Statement
from governance.policy.presence import Credentials, CredentialStore, Information, InformationText
from governance.policy.removal import Preserve, Removal
from governance.policy.watching import Oversight

MONDAY = 1
CLOSING_TIME = time(17)
PLAN_TITLE = N_("Uppdrag för konto i sociala medier")
# Half a year apart and clear of summer, Christmas and the closing of the books. Once a year is in autumn.
SNAPSHOT_MONTHS = {0: (), 1: (10,), 2: (4, 10), 3: (2, 6, 10), 4: (1, 4, 7, 10), 6: (2, 4, 6, 8, 10, 12)}
HALF_YEARLY = 2


def _stated(strength: str, **values: Any) -> dict[str, Any]:
    return values | {"clause": DEFAULT_CLAUSE, "strength": strength}


DUTY = DutyRule.model_validate(
    _stated(
        "ska",
        kind="responsible",
        title=None,
        minimum=None,
        maximum=None,
        counts_as_login=False,
        stands_in_for=None,
    )
)
APPROVAL = Approval.model_validate(
    _stated(
        "ska",
        title=None,
        fallback_role=None,
        statements=[Statement(**_stated("ska", key="mission", text=N_("Jag godkänner uppdraget"), delegated=False))],
    )
)
PLAN = Plan.model_construct(title=PLAN_TITLE, clause=DEFAULT_CLAUSE, strength="bör", duties=(DUTY,), approval=APPROVAL)
# The law demands oversight without saying how often. Once a week is the longest pause that is commonly read out
# of it (Lekeberg does), and a Monday round finds what was written over the weekend, when nobody was at work.
OVERSIGHT = Oversight.model_construct(
    days=(MONDAY,),
    on_holidays=False,
    per_day=1,
    from_plan=False,
    closing=CLOSING_TIME,
    escalate_after=Deadline(count=1, unit="working days"),
    clause=DEFAULT_CLAUSE,
    strength="bör",
)
SNAPSHOT = Snapshot.model_construct(
    times_per_year=HALF_YEARLY,
    months=SNAPSHOT_MONTHS[HALF_YEARLY],
    before_closing=Demand(
        **_stated("ska", text=N_("En ögonblicksbild tas innan kontot avslutas"), who="communications_officer")
    ),
    clause=DEFAULT_CLAUSE,
    strength="bör",
)
# A removed item cannot be fetched again, and what came in is a public document: the copy always comes first.
REMOVAL = Removal.model_construct(
    preserve=Preserve(**_stated("ska", content=True, author=True, how=None, kept=None)), statutory=law.GROUNDS
)
INFORMATION = Information.model_construct(statutory=law.INFORMATION_ITEMS, text=ready_text.FULL)
# A password that is kept in one more place is one more thing to lose: a note of where it lies is enough.
CREDENTIALS = Credentials.model_construct(store=CredentialStore.model_validate(_stated("bör", value="reference")))
CLOSING = Closing.model_construct(
    steps=tuple(
        ClosingStep.model_validate(_stated("bör", key=key, label=label, who=who))
        for key, label, who in (
            ("announce", N_("Berätta på kontot att det avslutas"), []),
            ("snapshot", N_("Ta en ögonblicksbild"), ["communications_officer"]),
            ("close", N_("Avsluta kontot på plattformen"), []),
        )
    )
)
DEFAULTS: dict[str, Section] = {
    "plan": PLAN,
    "oversight": OVERSIGHT,
    "snapshot": SNAPSHOT,
    "removal": REMOVAL,
    "information": INFORMATION,
    "credentials": CREDENTIALS,
    "closing": CLOSING,
}


def complete(name: str, section: Section) -> Section:
    """The section as the product acts on it: what is stated, and a default where the document is silent."""
    default = DEFAULTS.get(name)
    if default is None:
        return section
    whole = section.filled(default)
    if isinstance(whole, Information) and whole.text is not None and whole.is_default("text"):
        keys = frozenset(item.key for item in whole.all_items)
        return _with_text(whole, ready_text.for_items(whole.text, keys))
    return _scheduled(whole) if isinstance(whole, Snapshot) else whole


def _with_text(information: Information, text: InformationText) -> Information:
    return information.model_copy(update={"text": text})


def _scheduled(snapshot: Snapshot) -> Snapshot:
    """Months that fit the number a year, or the number that the months make, where only one is stated."""
    if not snapshot.is_default("months"):
        return snapshot.model_copy(update={"times_per_year": len(snapshot.months)})
    number = snapshot.times_per_year
    evenly = tuple(1 + place * MONTHS_IN_YEAR // number for place in range(number))
    return snapshot.model_copy(update={"months": SNAPSHOT_MONTHS.get(number, evenly)})
