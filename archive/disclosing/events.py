"""What happens to a request for public documents, each with its sentence; nobody who asked is named."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("disclosure.register", _("%(actor)s registrerade: %(object)s."))
register("disclosure.change", _("%(actor)s ändrade uppgifterna i: %(object)s."))
register("disclosure.ask_identity", _("%(actor)s antecknade i %(object)s varför det behövde frågas vem och varför."))
register("disclosure.assign", _("%(actor)s lät %(handler)s handlägga: %(object)s."))
register("disclosure.tell", _("%(actor)s gav besked om hur det går med: %(object)s."))
register("disclosure.fee", _("%(actor)s antecknade avgiften i: %(object)s."))
register("disclosure.add", _("%(actor)s lade till handling %(record)s i: %(object)s."))
register("disclosure.remove", _("%(actor)s tog bort handling %(record)s ur: %(object)s."))
register("disclosure.choose", _("%(actor)s valde sidor av handling %(record)s (antal: %(count)s): %(object)s."))
register("disclosure.review", _("%(actor)s prövade sida %(page)s, ur handling %(record)s: %(verdict)s. %(object)s."))
register("disclosure.mask_words", _("%(actor)s maskade genom sökning (antal rader: %(count)s): %(object)s."))
register("disclosure.package", _("%(actor)s bestämde vad som lämnas ut: %(object)s."))
register("disclosure.finish", _("%(actor)s gjorde utlämnandet i ordning: %(object)s."))
register("disclosure.fail", _("%(actor)s kunde inte göra utlämnandet i ordning: %(object)s. %(reason)s"))
register("disclosure.review_again", _("%(actor)s började om prövningen: %(object)s. Skäl: %(reason)s"))
register("disclosure.download", _("%(actor)s hämtade %(file)s: %(object)s."))
register("disclosure.hand_out", _("%(actor)s lämnade ut: %(object)s (%(how)s)."))
register("disclosure.refuse", _("%(actor)s lämnade besked att inget lämnas ut: %(object)s."))
register("disclosure.find_nothing", _("%(actor)s fann inget som begärs: %(object)s. Så söktes det: %(reason)s"))
register("disclosure.ask_decision", _("%(actor)s antecknade att myndighetens beslut begärs: %(object)s."))
register("disclosure.decide", _("%(actor)s beslutade (%(reference)s) att inte lämna ut: %(object)s."))
register("disclosure.grant", _("%(actor)s bestämde att mer lämnas ut: %(object)s. Skäl: %(reason)s"))
register("disclosure.withdraw", _("%(actor)s antecknade att den är återkallad: %(object)s. %(reason)s"))
register("disclosure.take_up_again", _("%(actor)s tog upp igen: %(object)s. Skäl: %(reason)s"))
register("disclosure.forget", _("%(actor)s tog bort uppgifterna om den som frågade: %(object)s."))
