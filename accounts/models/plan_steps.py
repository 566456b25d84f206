"""The lifecycle of an activity plan: where it can stand, and every step between."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.workflow import SYSTEM, Lifecycle, Step


class Status(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    SIGNING = "signing", _("Lämnad för underskrift")
    REJECTED = "rejected", _("Avslagen")
    APPROVED = "approved", _("Godkänd")
    SUPERSEDED = "superseded", _("Ersatt av en nyare version")
    WITHDRAWN = "withdrawn", _("Återtagen")


LIFECYCLE = Lifecycle(
    "status",
    Step(
        "submit",
        {Status.DRAFT},
        Status.SIGNING,
        _("Lämna för underskrift"),
        "edit_plan",
        guard="accounts.guards.plan_is_complete",
        effect="accounts.actions.freeze",
    ),
    Step(
        "approve",
        {Status.SIGNING},
        Status.APPROVED,
        _("Godkänn planen"),
        "approve_plan",
        guard="accounts.guards.may_approve",
        effect="accounts.actions.bring_into_force",
        button=False,
    ),
    # Signed with ink by whoever approves it; communications enters it with the scan (signatures.paper_signing).
    Step(
        "approve_on_paper",
        {Status.SIGNING},
        Status.APPROVED,
        _("Skriv in godkännande på papper"),
        "open_account",
        guard="accounts.signatures.paper_signing.may_enter_approval",
        effect="accounts.signatures.paper_signing.bring_into_force",
        button=False,
    ),
    Step(
        "send_back",
        {Status.SIGNING},
        Status.DRAFT,
        _("Skicka tillbaka"),
        "approve_plan",
        asks_reason=True,
        guard="accounts.guards.is_approver",
        effect="accounts.actions.begin_again",
    ),
    Step(
        "decline",
        {Status.SIGNING},
        Status.DRAFT,
        _("Avböj uppdraget"),
        "sign_plan",
        asks_reason=True,
        guard="accounts.guards.is_named",
        effect="accounts.actions.begin_again",
    ),
    Step(
        "withdraw_signature",
        {Status.SIGNING},
        Status.DRAFT,
        _("Ta tillbaka min underskrift"),
        "sign_plan",
        asks_reason=True,
        guard="accounts.guards.has_signed",
        effect="accounts.actions.begin_again",
    ),
    Step(
        "recall",
        {Status.SIGNING},
        Status.DRAFT,
        _("Ta tillbaka för ändring"),
        "edit_plan",
        asks_reason=True,
        effect="accounts.actions.begin_again",
    ),
    Step(
        "reopen",
        {Status.APPROVED},
        Status.DRAFT,
        _("Öppna planen för ändring"),
        "open_account",
        asks_reason=True,
        guard="accounts.guards.account_is_not_open",
        effect="accounts.actions.reopen",
    ),
    Step(
        "reject",
        {Status.SIGNING},
        Status.REJECTED,
        _("Avslå"),
        "approve_plan",
        asks_reason=True,
        guard="accounts.guards.is_approver",
        effect="accounts.actions.reject",
        color="danger",
    ),
    Step(
        "resubmit",
        {Status.REJECTED},
        Status.DRAFT,
        _("Ta upp förslaget igen"),
        "edit_plan",
        guard="accounts.guards.no_other_is_open",
        effect="accounts.actions.take_up_again",
    ),
    # A spelling put right in a version that is signed (R-PLAN-11): a version of its own, which nobody signs anew.
    Step(
        "publish_correction",
        {Status.DRAFT},
        Status.APPROVED,
        _("Publicera som rättelse"),
        "open_account",
        asks_reason=True,
        guard="accounts.guards.is_correction",
        effect="accounts.actions.put_right",
        button=False,
    ),
    Step("supersede", {Status.APPROVED}, Status.SUPERSEDED, _("Ersätt"), SYSTEM),
    Step(
        "withdraw",
        {Status.DRAFT, Status.REJECTED},
        Status.WITHDRAWN,
        _("Återta förslaget"),
        "edit_plan",
        asks_reason=True,
        effect="accounts.actions.withdraw_account",
        color="danger",
    ),
)
