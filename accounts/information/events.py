"""What happens to the information of an account, with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register(
    "account.check_information",
    _("%(actor)s kontrollerade vad %(object)s visar om sig självt: %(settled)s av %(total)s punkter i ordning."),
)
