"""The stamp of all that the public sees of the register (`governance.stamps`)."""

from accounts.models import Account, ActivityPlan, Platform
from governance.stamps import stamp_of

# Of the plans only those in force are told of; publishing units are rows between an account and a unit.
TABLES = (
    (Account._meta.db_table, "status NOT IN ('proposed', 'rejected', 'withdrawn')"),
    (Account.publishing_units.through._meta.db_table, "true"),
    (ActivityPlan._meta.db_table, "status = 'approved'"),
    (Platform._meta.db_table, "true"),
)


def public_stamp() -> str:
    """Answer a text that changes whenever anything that the public sees has changed; one query."""
    return stamp_of(TABLES)
