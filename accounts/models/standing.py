"""Where an account stands, and every step from there: the table that the application and the database both obey."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.workflow import SYSTEM, Lifecycle, Step


class Status(models.TextChoices):
    PROPOSED = "proposed", _("Föreslaget")
    REJECTED = "rejected", _("Avslaget")
    APPROVED = "approved", _("Godkänt, inte öppnat")
    ACTIVE = "active", _("Aktivt")
    PAUSED = "paused", _("Pausat")
    CLOSING = "closing", _("Avslutas")
    CLOSED = "closed", _("Avslutat")
    LOST = "lost", _("Förlorat eller kapat")
    WITHDRAWN = "withdrawn", _("Återtaget")


RUNNING = (Status.ACTIVE, Status.PAUSED, Status.CLOSING)
HIDDEN_KINDS = ("internal", "monitoring")
LIFECYCLE = Lifecycle(
    "status",
    Step("approve", {Status.PROPOSED}, Status.APPROVED, _("Godkänn"), SYSTEM),
    Step("reconsider", {Status.APPROVED}, Status.PROPOSED, _("Ompröva"), SYSTEM),
    Step("reject", {Status.PROPOSED}, Status.REJECTED, _("Avslå"), SYSTEM),
    Step("resubmit", {Status.REJECTED}, Status.PROPOSED, _("Ta upp igen"), SYSTEM),
    Step("withdraw", {Status.PROPOSED, Status.REJECTED}, Status.WITHDRAWN, _("Återta"), SYSTEM),
    # Where the policy asks for no plan (accounts.life.exemption), the proposal itself is decided on.
    Step(
        "approve_exempt",
        {Status.PROPOSED},
        Status.APPROVED,
        _("Godkänn utan plan"),
        "open_account",
        guard="accounts.life.exemption.check",
        button=False,
    ),
    Step(
        "turn_down",
        {Status.PROPOSED},
        Status.REJECTED,
        _("Avslå förslaget"),
        "open_account",
        asks_reason=True,
        guard="accounts.life.exemption.has_no_plan",
        color="danger",
    ),
    Step(
        "propose_again",
        {Status.REJECTED},
        Status.PROPOSED,
        _("Föreslå igen"),
        "edit_plan",
        guard="accounts.life.exemption.has_no_plan",
    ),
    Step(
        "take_back",
        {Status.PROPOSED, Status.REJECTED},
        Status.WITHDRAWN,
        _("Ta tillbaka förslaget"),
        "edit_plan",
        guard="accounts.life.exemption.has_no_plan",
        effect="accounts.life.exemption.end_duties",
        color="danger",
    ),
    Step("open", {Status.APPROVED}, Status.ACTIVE, _("Öppna kontot"), "open_account", button=False),
    # An account that was live before Uppsikt: its mandate is inherited, and its plan has a day to be in order by.
    Step("inherit", {Status.PROPOSED}, Status.ACTIVE, _("Ta över"), "import_register", button=False),
    Step("pause", {Status.ACTIVE}, Status.PAUSED, _("Pausa"), "pause_account", asks_reason=True, button=False),
    Step(
        "resume",
        {Status.PAUSED},
        Status.ACTIVE,
        _("Återuppta"),
        "pause_account",
        guard="accounts.life.seasons.may_resume",
        effect="accounts.life.pausing.end_pause",
    ),
    Step("rest", {Status.ACTIVE}, Status.PAUSED, _("Pausa för säsongen"), SYSTEM),
    Step("wake", {Status.PAUSED}, Status.ACTIVE, _("Återuppta"), SYSTEM, effect="accounts.life.pausing.end_pause"),
    Step(
        "begin_closing",
        {Status.ACTIVE, Status.PAUSED, Status.LOST},
        Status.CLOSING,
        _("Avsluta kontot"),
        "close_account",
        asks_reason=True,
        effect="accounts.life.closing.start",
        button=False,
    ),
    Step(
        "keep",
        {Status.CLOSING},
        Status.ACTIVE,
        _("Behåll kontot"),
        "close_account",
        asks_reason=True,
        effect="accounts.life.closing.keep",
    ),
    Step(
        "close",
        {Status.CLOSING},
        Status.CLOSED,
        _("Avsluta"),
        "close_account",
        guard="accounts.life.closing.is_ready",
        effect="accounts.life.closing.finish",
        button=False,
    ),
    Step(
        "report_lost",
        {Status.ACTIVE, Status.PAUSED, Status.CLOSING},
        Status.LOST,
        _("Anmäl som förlorat eller kapat"),
        "report_lost",
        asks_reason=True,
        effect="accounts.life.lost.begin",
        color="danger",
    ),
    Step(
        "recover",
        {Status.LOST},
        Status.ACTIVE,
        _("Kontot är återtaget"),
        "recover_account",
        asks_reason=True,
        effect="accounts.life.lost.end",
        button=False,
    ),
)
