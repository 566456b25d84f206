"""What the apps above show on the page where an account is closed: registered from their `panels.py`."""

from collections.abc import Callable

from accounts.models import Closing
from governance.models import User
from governance.panels import Panel

ClosingPanelFunction = Callable[[User, Closing], Panel | None]
_functions: list[ClosingPanelFunction] = []


def closing_panel(function: ClosingPanelFunction) -> ClosingPanelFunction:
    """Register a panel of the step "snapshot"; it is given the reader and the closing that goes on."""
    _functions.append(function)
    return function


def panels_for(user: User, closing: Closing) -> list[Panel]:
    """Answer the panels for this person."""
    return [panel for function in _functions if (panel := function(user, closing)) is not None]
