"""No account closes without a snapshot (R-ARCH-2): what stands for one, and the trigger that holds it."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Closing
from archive.models.snapshot import Snapshot
from governance.models import Unit, User
from governance.triggers import append_only

# The closing ends in the same transaction, before or after the account's row: it may be over by now, but only just.
PRESERVED = """
    IF NOT EXISTS (
        SELECT 1 FROM accounts_closing AS closing
        WHERE closing.account_id = NEW.id
        AND (closing.ended_at IS NULL OR closing.ended_at >= NEW.closed_at)
        AND (
            EXISTS (SELECT 1 FROM archive_snapshot WHERE closing_id = closing.id AND status = 'done')
            OR EXISTS (SELECT 1 FROM archive_closingdecision WHERE closing_id = closing.id)
        )
    ) THEN
        RAISE EXCEPTION 'uppsikt: no account closes without a snapshot';
    END IF;
    RETURN NEW;
"""


class ClosingDecision(models.Model):
    """The registrar's decision that an earlier snapshot stands, because the account can no longer be seen."""

    ACCESS_SEE: ClassVar[str] = "see_account"

    closing = models.OneToOneField(Closing, models.PROTECT, related_name="decision", verbose_name=_("Avslut"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("Ögonblicksbild"))
    reason = models.TextField(_("Skäl"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Beslutat av"))
    at = models.DateTimeField(_("Beslutat"))

    class Meta:
        verbose_name = _("beslut om ögonblicksbild vid avslut")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="closing_decision_has_reason")]
        triggers = append_only("closing_decision")

    def __str__(self) -> str:
        return _t("beslut om ögonblicksbild vid avslut av %(account)s") % {"account": self.account}


class ClosedAccount(Account):
    """The account's own table, guarded by the archive: another way in than the lifecycle's is refused too."""

    lifecycle: ClassVar[Any] = None
    ACCESS_ACCOUNT: ClassVar[str] = ""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            pgtrigger.Trigger(
                name="account_closed_with_snapshot",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.status <> 'closed' AND NEW.status = 'closed'"),
                func=PRESERVED,
            )
        ]
