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
    "edit_account": _("Ändra kontots uppgifter"),
    "publish_account": _("Godkänna ändringar av det som allmänheten ser"),
    "confirm_account": _("Bekräfta att kontots uppgifter stämmer"),
    "pause_account": _("Pausa konto"),
    "close_account": _("Avsluta konto"),
    "report_lost": _("Anmäla att ett konto är förlorat eller kapat"),
    "recover_account": _("Avgöra att ett förlorat konto är återtaget"),
    "decide_closing_snapshot": _("Avgöra att en tidigare ögonblicksbild räcker vid avslut"),
    "check_information": _("Kontrollera vad kontot visar om sig självt"),
    "keep_access": _("Föra bok över vem som når kontot på plattformen"),
    "keep_credentials": _("Lämna och ändra inloggningsuppgifter"),
    "see_credentials": _("Se inloggningsuppgifter"),
    "manage_platforms": _("Sköta plattformarna"),
    "handle_report": _("Ta hand om allmänhetens anmälningar"),
    "manage_organisation": _("Sköta enheter, personer och roller"),
    "import_register": _("Läsa in register från kalkylblad"),
    "watch": _("Hålla uppsikt"),
    "see_rounds": _("Se uppsiktens logg"),
    "order_snapshot": _("Beställa ögonblicksbild"),
    "start_campaign": _("Starta arkiveringsomgång"),
    "see_record": _("Se arkiverade handlingar"),
    "download_record": _("Hämta arkiverade handlingar"),
    "accept_snapshot": _("Godta en ögonblicksbild med anmärkning"),
    "classify_record": _("Ordna handlingar: handlingstyp, tjänsteman eller allmänhet"),
    "mark_secrecy": _("Sätta och häva sekretessmarkering"),
    "hand_over": _("Överlämna handlingar till diariet"),
    "see_disclosure": _("Se begäranden om utlämnande"),
    "handle_disclosure": _("Lämna ut allmänna handlingar"),
    "decide_disclosure": _("Fatta myndighetens beslut om utlämnande"),
    "manage_retention": _("Sköta dokumenthanteringsplan och gallringsbeslut"),
    "propose_disposal": _("Föreslå gallring"),
    "approve_disposal": _("Godkänna gallring"),
    "hold_disposal": _("Besluta om gallringsstopp"),
    "export_archive": _("Exportera ur arkivet"),
    "see_archive_check": _("Se hur arkivet har kontrollerats"),
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
            "edit_account",
            "publish_account",
            "confirm_account",
            "pause_account",
            "close_account",
            "report_lost",
            "recover_account",
            "check_information",
            "keep_access",
            "keep_credentials",
            "see_credentials",
            "manage_platforms",
            "handle_report",
            "manage_organisation",
            "import_register",
            "see_rounds",
            "order_snapshot",
            "accept_snapshot",
            "start_campaign",
            "see_record",
            "mark_secrecy",
            "hand_over",
            "approve_disposal",
            "hold_disposal",
            "see_archive_check",
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
            "edit_account",
            "confirm_account",
            "pause_account",
            "close_account",
            "report_lost",
            "check_information",
            "keep_access",
            "see_rounds",
            "order_snapshot",
            "see_record",
            "see_disclosure",
            "decide_disclosure",
            "approve_disposal",
            "see_policy",
            "see_findings",
        }
    ),
    EMPLOYEE: frozenset({"propose_account", "see_policy"}),
    REGISTRAR: frozenset(
        {
            "see_account",
            "see_plan",
            "order_snapshot",
            "accept_snapshot",
            "see_record",
            "download_record",
            "decide_closing_snapshot",
            "classify_record",
            "mark_secrecy",
            "hand_over",
            "see_disclosure",
            "handle_disclosure",
            "decide_disclosure",
            "manage_retention",
            "propose_disposal",
            "approve_disposal",
            "hold_disposal",
            "export_archive",
            "see_archive_check",
            "see_policy",
            "see_findings",
        }
    ),
    SECURITY_COORDINATOR: frozenset({"see_account", "report_lost", "recover_account", "see_policy"}),
    AUDITOR: frozenset(
        {
            "see_account",
            "see_plan",
            "see_rounds",
            "see_record",
            "see_archive_check",
            "see_disclosure",
            "see_policy",
            "see_audit",
            "see_findings",
        }
    ),
    SYSTEM_ADMINISTRATOR: frozenset({"see_policy", "manage_organisation"}),
}

# Duties on one account. What they are called is policy data; what they may is this table.
DUTY_PROPOSER = "proposer"
# Whoever answers for the account runs all of it; the others watch, answer and see how to get in.
_RUNS = frozenset(
    {
        # Whoever runs an account reads, and says that he or she has read, what it is run by (R-PLAN-8).
        "see_policy",
        "see_account",
        "see_plan",
        "sign_plan",
        "watch",
        "see_rounds",
        "check_information",
        "see_credentials",
        "report_lost",
    }
)
_ANSWERS_FOR = _RUNS | {
    "edit_plan",
    "edit_account",
    "confirm_account",
    "pause_account",
    "close_account",
    "keep_access",
    "keep_credentials",
    "order_snapshot",
    "accept_snapshot",
    "see_record",
    # Whoever answers for the page sees to it that its picture comes into the diary, where the policy asks for it.
    "hand_over",
}
DUTIES: dict[str, frozenset[str]] = {
    DUTY_PROPOSER: frozenset({"see_account", "see_plan", "edit_plan"}),
    "administrator": _ANSWERS_FOR,
    "page_owner": _ANSWERS_FOR,
    "responsible": _ANSWERS_FOR,
    "editor": _RUNS,
    "operator": _RUNS,
    "deputy": _RUNS,
}
# While the plan is not yet in force, whoever is named in it may read and sign it, and no more.
NAMED_IN_DRAFT = frozenset({"see_account", "see_plan", "sign_plan"})

ACCOUNT_PERMISSIONS: frozenset[str] = frozenset().union(*DUTIES.values())
