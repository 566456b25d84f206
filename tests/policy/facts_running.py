"""What the five documents demand of oversight, answers, removals, keeping and the rest: OVER to POL.

One row per fact: requirement, policy, path, value (... where the rule itself is the fact), clause, strength.
"""

from tests.policy.facts_mandate import LI, PURPOSE, RECORDS, ROUTINE, WHO, WHY, G, L, N, V

POINT7 = "Gullspång Bilaga 1 punkt 7"
REMOVE = "Lidingö, Så tar du bort och döljer andras inlägg och kommentarer"
SECRECY = "Lidingö, Så hanterar du sekretessreglerade inlägg eller handlingar"
PUBLIC = "Lidingö, Allmänna handlingar och sociala medier"
ANSWER = "Lidingö, Svara på rätt sätt"
HANDLE = "Lidingö, Så hanterar du inlägg och meddelanden"
CLOSE = "Lidingö, Så avslutar du ditt konto"
CONTROL = "Valdemarsvik, Kontroll och svar"
FORBIDDEN = "Valdemarsvik, Vad får inte publiceras?"
WEEKDAYS = (1, 2, 3, 4, 5)

OVERSIGHT = [
    ("R-OVER-1", L, "oversight.days", WEEKDAYS, "Lekeberg 5.2; Lekeberg 6.2", "ska"),
    ("R-OVER-1", L, "oversight.on_holidays", False, "Lekeberg 5.2; Lekeberg 6.2", "ska"),
    ("R-OVER-1", L, "oversight.per_day", 1, "Lekeberg 5.2; Lekeberg 6.2", "ska"),
    ("R-OVER-1", L, "oversight.least_often.days", 7, "Lekeberg 9", "ska"),
    ("R-OVER-1", LI, "oversight.days", WEEKDAYS, ROUTINE, "ska"),
    ("R-OVER-1", LI, "oversight.watchers.who", ("responsible", "deputy"), ROUTINE, "ska"),
    ("R-OVER-1", G, "oversight.from_plan", True, POINT7, "ska"),
    ("R-OVER-1", G, "oversight.suggested_days.days", (1, 2, 3, 4, 5, 7), POINT7, "exempel"),
    ("R-OVER-1", V, "oversight.duty.who", "editor", CONTROL, "ska"),
    ("R-OVER-2", L, "oversight.heightened.on", ("lively_post", "removal"), "Lekeberg 5.2", "ska"),
    ("R-OVER-2", L, "oversight.heightened.outside_office_hours", True, "Lekeberg 5.2", "ska"),
    (
        "R-OVER-3",
        G,
        "oversight.unattended.then",
        ("unit_manager", "department_manager"),
        "Gullspång avsnitt 3; Gullspång avsnitt 5",
        "ska",
    ),
    ("R-OVER-3", L, "oversight.absence_routine.who", "unit", "Lekeberg 5.2", "ska"),
    ("R-OVER-3", LI, "oversight.unattended.then", ("manager",), WHO, "ska"),
    ("R-OVER-5", G, "oversight.activity.from_plan", True, f"Gullspång avsnitt 5; {POINT7}", "ska"),
    ("R-OVER-5", G, "oversight.suggested_updates.per_week", 2, POINT7, "exempel"),
    ("R-OVER-5", G, "closing.when_stopping.who", "responsible", "Gullspång avsnitt 5", "ska"),
]

ANSWERING = [
    ("R-MOD-1", L, "answering.reply.within", "inom 1 arbetsdag", "Lekeberg 6.2", "ska"),
    ("R-MOD-1", L, "answering.passing_on.tell_within", "inom 1 arbetsdag", "Lekeberg 6.2", "ska"),
    ("R-MOD-1", L, "answering.passing_on.answer_within", "inom 5 arbetsdagar", "Lekeberg 6.2", "ska"),
    ("R-MOD-1", G, "answering.reply.within", None, "Gullspång avsnitt 3; Gullspång avsnitt 5", "ska"),
    ("R-MOD-1", LI, "answering.reply.speed", "så snart som möjligt", PUBLIC, "ska"),
    ("R-MOD-1", V, "answering.reply.speed", "snabbt", CONTROL, "ska"),
    ("R-MOD-2", G, "answering.passing_on", ..., "Gullspång avsnitt 5", "ska"),
    ("R-MOD-2", L, "answering.passing_on.tell_in_thread", True, "Lekeberg 6.2", "ska"),
    ("R-MOD-2", LI, "answering.passing_on.tell_how_to_follow", True, HANDLE, "ska"),
    ("R-MOD-3", L, "answering.reply_signature.parts", ("name", "title", "unit"), "Lekeberg 6.2", "ska"),
    ("R-MOD-3", L, "answering.reply_signature.of", "whose answer it is", "Lekeberg 6.2", "ska"),
    ("R-MOD-3", LI, "answering.post_signature.signed", False, ANSWER, "ska"),
    ("R-MOD-3", LI, "answering.reply_signature.signed", False, ANSWER, "ska"),
    ("R-MOD-3", V, "answering.post_signature.parts", ("logo", "greeting"), "Valdemarsvik, Redaktörer", "ska"),
    ("R-MOD-4", L, "diary.rules:opinions.with_answer", True, "Lekeberg 6.2; Lekeberg 7", "ska"),
    ("R-MOD-4", L, "diary.rules:opinions.system", "Platina", "Lekeberg 6.2; Lekeberg 7", "ska"),
    ("R-MOD-4", LI, "diary.rules:direct_messages.to", "registrar", PUBLIC, "ska"),
    ("R-MOD-4", LI, "diary.rules:cases", ..., "Lidingö, Så uppträder du på sociala medier", "ska"),
    ("R-MOD-4", N, "diary.public", ..., "Norsjö 4.6", "ska"),
    (
        "R-MOD-13",
        V,
        "answering.individual_cases",
        ...,
        f"Valdemarsvik, När ska vi inte använda sociala medier?; {RECORDS}",
        "ska",
    ),
    ("R-MOD-13", L, "answering.authority_and_advice", ..., "Lekeberg 9", "ska"),
    ("R-MOD-14", G, "answering.aid.title", "Förhållningssätt Sociala medier", "Gullspång Bilaga 2", "exempel"),
    ("R-MOD-14", G, "answering.not_answered:personal_attack", ..., "Gullspång avsnitt 5", "ska"),
    ("R-MOD-14", G, "answering.corrections", ..., "Gullspång avsnitt 5", "ska"),
    ("R-MOD-14", LI, "answering.not_answered:hate_and_jokes", ..., ANSWER, "ska"),
    ("R-MOD-15", G, "diary.who_wrote", ..., "Gullspång avsnitt 10", "ska"),
    ("R-MOD-15", G, "diary.received_or_drawn_up", ..., "Gullspång avsnitt 10", "ska"),
    ("R-MOD-16", G, "answering.first_assignee", ..., "Gullspång avsnitt 3", "ska"),
    ("R-MOD-16", L, "answering.first_assignee", ..., "Lekeberg 6.2", "ska"),
    ("R-MOD-16", LI, "answering.first_assignee", ..., ANSWER, "ska"),
]

REMOVAL = [
    ("R-MOD-5", G, "removal.urgency.word", "skyndsamt", "Gullspång avsnitt 5", "ska"),
    ("R-MOD-5", N, "removal.urgency.word", "skyndsamt", "Norsjö 4.10", "ska"),
    ("R-MOD-5", L, "removal.urgency.word", "direkt", "Lekeberg 6.2", "ska"),
    ("R-MOD-5", LI, "removal.urgency.word", "skyndsamt", f"{ROUTINE}; {REMOVE}", "ska"),
    ("R-MOD-5", LI, "removal.grounds:personal_integrity.urgency.word", "omedelbart", ROUTINE, "ska"),
    ("R-MOD-5", V, "removal.urgency.word", "omedelbart", FORBIDDEN, "ska"),
    ("R-MOD-5", G, "removal.plan_limit.suggested", "inom 48 timmar", POINT7, "exempel"),
    ("R-MOD-6", N, "removal.preserve.content", True, "Norsjö 4.10", "ska"),
    ("R-MOD-6", N, "removal.preserve.author", True, "Norsjö 4.10", "ska"),
    ("R-MOD-6", LI, "removal.preserve.content", True, f"{ROUTINE}; {REMOVE}", "ska"),
    ("R-MOD-7", G, "removal.secrecy.urgency", "direkt", "Gullspång avsnitt 10", "ska"),
    ("R-MOD-7", LI, "removal.secrecy.ask", ("manager", "lawyer", "city_archive"), SECRECY, "ska"),
    ("R-MOD-7", N, "removal.secrecy_forbidden", ..., "Norsjö 4.9", "ska"),
    ("R-MOD-7", L, "removal.secrecy_forbidden", ..., "Lekeberg 9", "ska"),
    ("R-MOD-7", V, "removal.secrecy_forbidden", ..., FORBIDDEN, "ska"),
    ("R-MOD-8", LI, "removal.tell_author.link_to_rules", True, REMOVE, "ska"),
    ("R-MOD-9", G, "removal.police.who", "security_coordinator", "Gullspång avsnitt 5", "ska"),
    ("R-MOD-10", G, "removal.measures:unpublish", ..., "Gullspång avsnitt 5; Gullspång avsnitt 10", "ska"),
    ("R-MOD-10", N, "removal.measures:delete", ..., "Norsjö 4.10", "ska"),
    ("R-MOD-10", LI, "removal.measures:hide", ..., REMOVE, "ska"),
    ("R-MOD-10", L, "removal.measures:block_author", ..., "Lekeberg 6.2", "exempel"),
    ("R-MOD-10", LI, "removal.measures:disclaimer.platforms", ("twitter",), REMOVE, "bör"),
    ("R-MOD-11", L, "removal.disposal_decision", ..., "Lekeberg 7", "ska"),
    ("R-MOD-11", L, "removal.moving_counts", ..., "Lekeberg 7", "ska"),
    ("R-MOD-11", N, "removal.disposal_decision", ..., "Norsjö 4.7", "ska"),
    ("R-MOD-11", LI, "removal.disposal_decision.who", "executive_board", ROUTINE, "ska"),
    ("R-MOD-11", G, "removal.own_posts", ..., "Gullspång avsnitt 10", "ska"),
    ("R-MOD-12", LI, "removal.long_thread.notice", False, REMOVE, "ska"),
]

KEEPING = [
    ("R-ARCH-1", G, "snapshot.times_per_year", 1, "Gullspång avsnitt 10", "bör"),
    ("R-ARCH-1", G, "snapshot.on_larger_change.when", "at", "Gullspång avsnitt 10", "bör"),
    ("R-ARCH-1", N, "snapshot.times_per_year", 1, "Norsjö 4.8", "bör"),
    ("R-ARCH-1", N, "snapshot.on_larger_change.when", "before", "Norsjö 4.8", "bör"),
    ("R-ARCH-1", L, "snapshot.times_per_year", 2, "Lekeberg 7", "bör"),
    ("R-ARCH-1", L, "snapshot.document_plan_may_differ", ..., "Lekeberg 7; Lekeberg 9", "ska"),
    ("R-ARCH-1", V, "snapshot.times_per_year", 2, RECORDS, "ska"),
    ("R-ARCH-1", LI, "snapshot.months", (3, 10), "Lidingö, Dokumentation", "ska"),
    ("R-ARCH-1", LI, "snapshot.on_larger_change.when", "at", "Lidingö, Dokumentation", "ska"),
    ("R-ARCH-1", G, "snapshot.format", "PDF", "Gullspång avsnitt 10", "bör"),
    ("R-ARCH-2", LI, "snapshot.before_closing.who", "communications_unit", CLOSE, "ska"),
    ("R-ARCH-3", L, "snapshot.responsible.who", "page_owner", "Lekeberg 7", "ska"),
    ("R-ARCH-3", V, "snapshot.responsible.who", "webmaster", RECORDS, "ska"),
    ("R-ARCH-3", LI, "snapshot.responsible.who", "communications_unit", "Lidingö, Dokumentation", "ska"),
    ("R-ARCH-3", L, "snapshot.saved_to.system", "Platina", "Lekeberg 7", "ska"),
    ("R-ARCH-4", L, "diary.disclosure.who", "registrar", "Lekeberg 7", "ska"),
    ("R-ARCH-4", L, "diary.promptness", ..., "Lekeberg 9", "ska"),
    ("R-ARCH-5", V, "disposal.rules:posts.when", "vid inaktualitet", RECORDS, "ska"),
    ("R-ARCH-5", N, "disposal.rules:incoming.when", "fortlöpande", "Norsjö 4.7", "ska"),
    ("R-ARCH-5", N, "disposal.rules:own.when", "fortlöpande", "Norsjö 4.7", "ska"),
    ("R-ARCH-5", L, "disposal.answers.who", "unit", "Lekeberg 7", "ska"),
    ("R-END-1", LI, "closing.steps:contact.who", ("manager", "communications_unit"), CLOSE, "ska"),
    ("R-END-1", LI, "closing.steps:thank", ..., CLOSE, "ska"),
    ("R-END-1", LI, "closing.steps:snapshot.who", ("communications_unit",), CLOSE, "ska"),
]

CONDUCT = [
    ("R-CRIS-1", L, "crisis.leading.account_kind", "municipality_wide", "Lekeberg 8", "ska"),
    ("R-CRIS-1", L, "crisis.leading.platform", "facebook", "Lekeberg 8", "ska"),
    ("R-CRIS-1", L, "crisis.coordinator.who", "crisis_group", "Lekeberg 8", "ska"),
    ("R-CRIS-1", LI, "crisis.use", ..., PURPOSE, "exempel"),
    ("R-CRIS-1", V, "crisis.use", ..., WHY, "ska"),
    ("R-GUID-1", LI, "posts.checklist:why", ..., "Lidingö, Checklista för inlägg", "ska"),
    ("R-GUID-2", L, "posts.requests.decided_by", "communications_unit", "Lekeberg 3", "ska"),
    ("R-PRIV-1", L, "privacy.consent.to", ("taking_part", "publishing"), "Lekeberg 9", "ska"),
    ("R-PRIV-1", L, "privacy.consent.guardians", True, "Lekeberg 9", "ska"),
    ("R-PRIV-1", L, "privacy.consent.forms", ("written", "e_service"), "Lekeberg 9", "ska"),
    ("R-PRIV-1", L, "privacy.rights", ..., "Lekeberg 6.3", "bör"),
    ("R-PRIV-1", G, "privacy.colleagues", ..., "Gullspång avsnitt 7", "ska"),
    ("R-PRIV-1", G, "privacy.partners", ..., "Gullspång avsnitt 7", "ska"),
    ("R-POL-1", LI, "revision.rule.every_months", 12, "Lidingö, Uppdatering av dokumentet Rutiner", "ska"),
    ("R-POL-1", LI, "revision.rule.who", "communications_unit", "Lidingö, Uppdatering av dokumentet Rutiner", "ska"),
]

FACTS = OVERSIGHT + ANSWERING + REMOVAL + KEEPING + CONDUCT
