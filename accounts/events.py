"""The register's actions, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("account.propose", _("%(actor)s föreslog kontot %(object)s för %(unit)s."))
register("account.approve", _("Kontot %(object)s blev godkänt i och med att planen godkändes."))
register("account.open", _("%(actor)s öppnade kontot %(object)s på adressen %(address)s."))
register("account.withdraw", _("Kontot %(object)s återtogs med sin plan."))
register("activityplan.draft", _("%(actor)s sparade ett utkast: %(object)s."))
register("activityplan.submit", _("%(actor)s lämnade för underskrift: %(object)s."))
register("activityplan.sign", _("%(actor)s undertecknade som %(capacity)s: %(object)s (SHA-256 %(sha256).12s…)."))
register("activityplan.approve", _("%(actor)s godkände: %(object)s (SHA-256 %(sha256).12s…)."))
register("activityplan.send_back", _("%(actor)s skickade tillbaka: %(object)s. Skäl: %(reason)s"))
register("activityplan.decline", _("%(actor)s avböjde uppdraget: %(object)s. Skäl: %(reason)s"))
register("activityplan.recall", _("%(actor)s tog tillbaka för ändring: %(object)s. Skäl: %(reason)s"))
register("activityplan.reopen", _("%(actor)s öppnade den godkända planen för ändring: %(object)s. Skäl: %(reason)s"))
register("account.reconsider", _("Kontot %(object)s är åter föreslaget, i väntan på att planen godkänns på nytt."))
register("activityplan.withdraw", _("%(actor)s återtog: %(object)s. Skäl: %(reason)s"))
register("account.reject", _("Kontot %(object)s avslogs med sin plan."))
register("account.resubmit", _("Kontot %(object)s är föreslaget igen."))
register("account.inherit", _("%(actor)s tog över kontot %(object)s, som fanns före Uppsikt, på adressen %(address)s."))
register("account.pause", _("%(actor)s pausade kontot %(object)s till och med %(until)s. Skäl: %(reason)s"))
register("account.resume", _("%(actor)s återupptog kontot %(object)s."))
register("account.rest", _("Kontot %(object)s pausades för säsongen."))
register("account.wake", _("Kontot %(object)s återupptogs: pausen eller säsongsvilan är slut."))
register("account.begin_closing", _("%(actor)s började avsluta kontot %(object)s. Skäl: %(reason)s"))
register("account.keep", _("%(actor)s behöll kontot %(object)s. Skäl: %(reason)s"))
register("account.close", _("%(actor)s avslutade kontot %(object)s."))
register(
    "account.report_lost", _("%(actor)s anmälde kontot %(object)s som förlorat eller kapat. Vad som hänt: %(reason)s")
)
register("account.recover", _("%(actor)s avgjorde att kontot %(object)s är återtaget. Vad som gjorts: %(reason)s"))
register("activityplan.reject", _("%(actor)s avslog: %(object)s. Skäl: %(reason)s"))
register("activityplan.resubmit", _("%(actor)s tog upp igen: %(object)s."))
register("activityplan.supersede", _("En nyare version ersatte %(object)s."))
register("activityplan.amend", _("%(actor)s började ändra planen, version %(version)s: %(object)s."))
register("activityplan.rewrite", _("%(actor)s skriver om under %(policy)s: %(object)s."))
register(
    "activityplan.publish_correction",
    _("%(actor)s publicerade en rättelse utan nya underskrifter: %(object)s. Skäl: %(reason)s"),
)
register("activityplan.correct_contacts", _("%(actor)s rättade kontaktuppgifter i planen: %(object)s. %(contacts)s"))
register("activityplan.follow_up", _("%(actor)s följde upp ett mål i %(object)s: %(goal)s. %(outcome)s."))
register("account.propose_exempt", _("%(actor)s föreslog kontot %(object)s för %(unit)s, utan plan enligt %(clause)s."))
register("account.approve_exempt", _("%(actor)s godkände kontot %(object)s utan plan enligt %(clause)s."))
register("account.turn_down", _("%(actor)s avslog förslaget om kontot %(object)s. Skäl: %(reason)s"))
register("account.propose_again", _("%(actor)s föreslog kontot %(object)s igen."))
register("account.take_back", _("%(actor)s tog tillbaka förslaget om kontot %(object)s."))
register("account.edit", _("%(actor)s ändrade kontot %(object)s: %(fields)s."))
register("account.remind", _("%(actor)s påminde om det som väntar: %(object)s."))
register("accountchange.write", _("%(actor)s skrev en %(object)s, som väntar på godkännande: %(fields)s."))
register("accountchange.publish", _("%(actor)s publicerade en %(object)s."))
register("accountchange.decline", _("%(actor)s avböjde en %(object)s. Motivering: %(reason)s"))
register("accountchange.withdraw", _("%(actor)s tog tillbaka sin %(object)s."))
register("accountchange.replace", _("En senare ändring ersatte en %(object)s som väntade."))
register("waiver.grant", _("%(actor)s beslutade om %(object)s (%(clause)s). Skäl: %(reason)s"))
register("waiver.end", _("%(actor)s upphävde ett %(object)s."))
register("closing.tick", _("%(actor)s kryssade av i %(object)s: %(step)s. %(note)s"))
register("closing.skip", _("%(actor)s hoppade över i %(object)s: %(step)s. Skäl: %(note)s"))
register("closing.change", _("%(actor)s ändrade %(object)s: sista dag %(closes_on)s, ersätts av %(successor)s."))
register("loss.note", _("%(actor)s antecknade i loggen för %(object)s: %(what)s. %(note)s"))
register(
    "activityplan.withdraw_signature",
    _("%(actor)s tog tillbaka sin underskrift, och planen är ett utkast igen: %(object)s. Skäl: %(reason)s"),
)
register("activityplan.add_scan", _("%(actor)s lade in ett skannat papper till %(object)s (SHA-256 %(sha256).12s…)."))
register(
    "activityplan.remove_scan", _("%(actor)s tog bort ett skannat papper från %(object)s (SHA-256 %(sha256).12s…).")
)
register("activityplan.open_scan", _("%(actor)s hämtade ett skannat papper till %(object)s (SHA-256 %(sha256).12s…)."))
register(
    "activityplan.sign_on_paper",
    _("%(actor)s skrev in att %(person)s undertecknade %(object)s på papper %(day)s som %(capacity)s."),
)
register("activityplan.approve_on_paper", _("%(actor)s skrev in att planen godkändes på papper %(day)s: %(object)s."))
register("activityplan.pass_up", _("Godkännandet har väntat för länge och går ett steg upp: %(object)s."))
register("activityplan.enter_number", _("%(actor)s skrev in delegationsbeslutets nummer %(number)s: %(object)s."))
register(
    "activityplan.print",
    _("Planens PDF gjordes för att bevaras, utgåva %(edition)s: %(object)s (SHA-256 %(sha256).12s…)."),
)
register("duty.confirm_skill", _("%(actor)s bekräftade att %(person)s kan plattformen: %(object)s."))
register("duty.withdraw_skill", _("%(actor)s tog tillbaka bekräftelsen att %(person)s kan plattformen: %(object)s."))
register(
    "account.release",
    _("%(actor)s lät %(to)s ta över adressen %(address)s från det avslutade kontot %(object)s. Skäl: %(reason)s"),
)
register("platform.retire", _("%(actor)s beslutade att %(object)s inte används från %(day)s. Skäl: %(reason)s"))
register("platform.take_back", _("%(actor)s tog %(object)s i bruk igen."))
register("platform.try", _("%(actor)s prövade %(object)s %(day)s. %(fact)s: %(answer)s."))
register("platform.page_write", _("%(actor)s ändrade hur sidorna på %(object)s läses: %(parts)s."))
register("platform.page_forget", _("%(actor)s återställde hur sidorna på %(object)s läses."))
register("platform.page_try", _("%(actor)s prövade den %(day)s hur sidorna på %(object)s läses: %(result)s. %(note)s"))
register("platform.untry", _("%(actor)s återställde Uppsikts egen uppgift om %(object)s. %(fact)s: %(answer)s."))
