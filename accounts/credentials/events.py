"""What happens to logins and to who gets in, each with its sentence; never anything of a login itself."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("credential.refer", _("%(actor)s angav var inloggningen ligger: %(object)s."))
register("credential.deposit", _("%(actor)s lade inloggningen i valvet: %(object)s."))
register("credential.check", _("%(actor)s kontrollerade att inloggningen ligger där den ska: %(object)s."))
register("credential.change", _("%(actor)s bytte lösenordet: %(object)s."))
register("credential.change_due", _("Lösenordet ska bytas: %(object)s. Skäl: %(why)s."))
register("credential.reveal", _("%(actor)s tog fram inloggningsuppgifterna: %(object)s. Skäl: %(reason)s"))
register("platformaccess.expect", _("%(person)s väntas nå %(object)s på plattformen."))
register("platformaccess.enter", _("%(actor)s förde upp %(person)s bland dem som når %(object)s på plattformen."))
register("platformaccess.confirm", _("%(actor)s bekräftade hur %(person)s når %(object)s på plattformen."))
register("platformaccess.check", _("%(actor)s kontrollerade hur %(person)s når %(object)s på plattformen."))
register("platformaccess.end_due", _("%(person)s ska inte längre nå %(object)s på plattformen."))
register("platformaccess.stay", _("%(person)s ska fortsätta att nå %(object)s på plattformen."))
register("platformaccess.end", _("%(actor)s avslutade det sätt som %(person)s nådde %(object)s på plattformen."))
