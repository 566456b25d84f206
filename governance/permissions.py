"""Who may do what, as one table: roles on a unit reach that unit and all below it, duties reach one account.

A permission is a verb about a thing. The system administrator keeps users and settings and sees no content.
"""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "see_account": _("Se kontot"),
    "propose_account": _("Föreslå ett nytt konto"),
    "edit_plan": _("Skriva aktivitetsplan"),
    "see_plan": _("Läsa aktivitetsplan"),
    "sign_plan": _("Underteckna aktivitetsplan"),
    "approve_plan": _("Godkänna aktivitetsplan"),
    "open_account": _("Öppna konto"),
    "watch": _("Hålla uppsikt"),
    "see_rounds": _("Se uppsiktens logg"),
    "order_snapshot": _("Beställa ögonblicksbild"),
    "start_campaign": _("Starta arkiveringsomgång"),
    "see_record": _("Se arkiverade handlingar"),
    "download_record": _("Hämta arkiverade handlingar"),
    "see_policy": _("Läsa policyn"),
    "adopt_policy": _("Anta policy"),
    "see_audit": _("Läsa loggen"),
    "see_findings": _("Se vad som ska göras"),
}

COMMUNICATIONS_OFFICER = "communications_officer"
MANAGER = "manager"
EMPLOYEE = "employee"
REGISTRAR = "registrar"
SECURITY_COORDINATOR = "security_coordinator"
AUDITOR = "auditor"
SYSTEM_ADMINISTRATOR = "system_administrator"

# Product wording; a policy's own word for a role stands before it (PolicyVersion.word).
ROLE_LABELS = {
    COMMUNICATIONS_OFFICER: _("Kommunikatör"),
    MANAGER: _("Chef"),
    EMPLOYEE: _("Medarbetare"),
    REGISTRAR: _("Registrator"),
    SECURITY_COORDINATOR: _("Säkerhetssamordnare"),
    AUDITOR: _("Revisor"),
    SYSTEM_ADMINISTRATOR: _("Systemadministratör"),
}

ROLES: dict[str, frozenset[str]] = {
    COMMUNICATIONS_OFFICER: frozenset(
        {
            "see_account",
            "propose_account",
            "edit_plan",
            "see_plan",
            # Only where the policy names this role for want of a manager without a duty (accounts.guards.is_approver).
            "approve_plan",
            "open_account",
            "see_rounds",
            "order_snapshot",
            "start_campaign",
            "see_record",
            "see_policy",
            "adopt_policy",
            "see_audit",
            "see_findings",
        }
    ),
    MANAGER: frozenset(
        {
            "see_account",
            "propose_account",
            "edit_plan",
            "see_plan",
            "approve_plan",
            "see_rounds",
            "order_snapshot",
            "see_record",
            "see_policy",
            "see_findings",
        }
    ),
    EMPLOYEE: frozenset({"propose_account", "see_policy"}),
    REGISTRAR: frozenset({"see_account", "see_plan", "order_snapshot", "see_record", "download_record", "see_policy"}),
    SECURITY_COORDINATOR: frozenset({"see_account", "see_policy"}),
    AUDITOR: frozenset(
        {"see_account", "see_plan", "see_rounds", "see_record", "see_policy", "see_audit", "see_findings"}
    ),
    SYSTEM_ADMINISTRATOR: frozenset({"see_policy"}),
}

# Duties on one account. What they are called is policy data; what they may is this table.
DUTY_PROPOSER = "proposer"
DUTIES: dict[str, frozenset[str]] = {
    DUTY_PROPOSER: frozenset({"see_account", "see_plan", "edit_plan"}),
    "administrator": frozenset(
        {"see_account", "see_plan", "edit_plan", "sign_plan", "watch", "see_rounds", "order_snapshot", "see_record"}
    ),
    "page_owner": frozenset(
        {"see_account", "see_plan", "edit_plan", "sign_plan", "watch", "see_rounds", "order_snapshot", "see_record"}
    ),
    "responsible": frozenset(
        {"see_account", "see_plan", "edit_plan", "sign_plan", "watch", "see_rounds", "order_snapshot", "see_record"}
    ),
    "editor": frozenset({"see_account", "see_plan", "sign_plan", "watch", "see_rounds"}),
    "operator": frozenset({"see_account", "see_plan", "sign_plan", "watch", "see_rounds"}),
    "deputy": frozenset({"see_account", "see_plan", "sign_plan", "watch", "see_rounds"}),
}
# While the plan is not yet in force, whoever is named in it may read and sign it, and no more.
NAMED_IN_DRAFT = frozenset({"see_account", "see_plan", "sign_plan"})

ACCOUNT_PERMISSIONS: frozenset[str] = frozenset().union(*DUTIES.values())
