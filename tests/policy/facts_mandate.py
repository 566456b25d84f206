"""What the five documents demand of the register, the plan, the information and the access: REG, PLAN, INFO, CRED.

One row per fact: requirement, policy, path, value (... where the rule itself is the fact), clause, strength.
"""

G, L, N, LI, V = "gullspang", "lekeberg", "norsjo", "lidingo", "valdemarsvik"
BIL1 = "Gullspång Bilaga 1"
START = "Lidingö, Så kommer du igång"
WHO = "Lidingö, Vem får använda sociala medier för Lidingö stads räkning?"
ROUTINE = "Lidingö, Dokument och gallringsplan"
PURPOSE = "Lidingö, Syfte med stadens användning av sociala medier"
EDITORS = "Valdemarsvik, Redaktörer"
WHY = "Valdemarsvik, Varför ska kommunen använda sociala medier?"
RECORDS = "Valdemarsvik, Allmän handling, vad gäller för sociala medier?"
CONTENT = "Valdemarsvik, Vem ansvarig för innehållet?"

REGISTER = [
    ("R-REG-1", G, "registry.internal", ..., "Gullspång avsnitt 10", "ska"),
    (
        "R-REG-1",
        LI,
        "registry.internal.who",
        "communications_unit",
        "Lidingö, Dokumentation; Lidingö, Allmänna handlingar och sociala medier",
        "ska",
    ),
    ("R-REG-1", L, "registry.several_publishers", ..., "Lekeberg 3.3", "ska"),
    ("R-REG-2", G, "registry.public_list.address", "www.gullspang.se", "Gullspång avsnitt 10", "ska"),
    ("R-REG-2", N, "registry.public_list", ..., "Norsjö 4.4", "bör"),
    ("R-REG-2", LI, "registry.public_list.who", "communications_unit", "Lidingö, Dokumentation", "ska"),
    ("R-REG-2", V, "registry.public_list", ..., "Valdemarsvik, Förteckning över sociala medier", "ska"),
    ("R-REG-2", L, "registry.reachable_from_website", ..., "Lekeberg 2.2", "ska"),
    ("R-REG-2", L, "information.items:website_link", ..., "Lekeberg 2.2", "ska"),
    ("R-REG-3", LI, "plan.told.what", ("address", "responsible"), WHO, "ska"),
    ("R-REG-4", L, "responsibility.coordination.who", "communications_officer", "Lekeberg 3", "ska"),
    ("R-REG-4", LI, "responsibility.ultimate.who", "manager", "Lidingö, Ansvar", "ska"),
    ("R-REG-4", LI, "responsibility.own_posts.who", "official", "Lidingö, Ansvar", "ska"),
    ("R-REG-5", G, "plan.created_by.by", "unit", "Gullspång avsnitt 2; Gullspång avsnitt 4", "ska"),
    ("R-REG-5", LI, "plan.created_by.by", "unit", START, "ska"),
    ("R-REG-5", L, "plan.created_by.by", "central", "Lekeberg 5", "ska"),
    ("R-REG-6", G, "naming.clear_name", ..., "Gullspång avsnitt 4", "ska"),
    ("R-REG-6", LI, "naming.like_unit", ..., START, "ska"),
    ("R-REG-6", LI, "visibility.expected.value", "open", START, "ska"),
    ("R-REG-7", G, "plan.exempt_uses", ..., f"{BIL1}", "ska"),
    ("R-REG-7", LI, "registry.uses:monitoring", ..., PURPOSE, "exempel"),
    ("R-REG-7", LI, "registry.uses:events", ..., PURPOSE, "exempel"),
    ("R-REG-7", LI, "registry.uses:knowledge", ..., PURPOSE, "exempel"),
    ("R-REG-7", LI, "registry.uses:recruitment", ..., PURPOSE, "exempel"),
    ("R-REG-7", LI, "registry.uses:customer_service", ..., PURPOSE, "exempel"),
    ("R-REG-7", LI, "registry.uses:crisis", ..., PURPOSE, "exempel"),
    ("R-REG-7", LI, "registry.uses:internal", ..., PURPOSE, "exempel"),
    ("R-REG-7", L, "registry.uses:recruitment", ..., "Lekeberg 3.3", "exempel"),
    ("R-REG-7", N, "registry.uses:dialogue", ..., "Norsjö 2", "exempel"),
    ("R-REG-7", V, "registry.uses:crisis", ..., WHY, "exempel"),
    ("R-REG-8", L, "registry.platforms.names", ("Facebook", "Instagram", "LinkedIn"), "Lekeberg 1", "exempel"),
    (
        "R-REG-8",
        G,
        "registry.platforms.names",
        ("Facebook", "Twitter", "Myspace", "Youtube", "Slideshare", "Wikipedia", "Flickr"),
        "Gullspång avsnitt 1",
        "exempel",
    ),
    (
        "R-REG-8",
        N,
        "registry.platforms.names",
        ("Bloggar", "Forum", "Facebook", "Youtube", "Twitter", "Flickr", "Instagram", "LinkedIn"),
        "Norsjö 1",
        "exempel",
    ),
    ("R-REG-9", LI, "registry.ownership", ..., START, "ska"),
    ("R-REG-10", L, "two_factor.rule.who", "everyone", "Lekeberg 6.1 Redaktörer/användare", "ska"),
    ("R-REG-10", L, "two_factor.rule.examples", ("sms", "e-post"), "Lekeberg 6.1 Redaktörer/användare", "ska"),
    ("R-REG-11", LI, "registry.document_kinds", ..., "Lidingö, Allmänna handlingar och sociala medier", "ska"),
    ("R-REG-11", L, "registry.in_document_plan", ..., "Lekeberg 9", "ska"),
    ("R-REG-11", V, "registry.in_document_plan", ..., RECORDS, "ska"),
    ("R-REG-2", N, "registry.external_links.who", "webmaster", "Norsjö 4.5", "bör"),
]

PLAN = [
    ("R-PLAN-1", G, "plan.title", "Aktivitetsplan sociala medier", f"Gullspång avsnitt 3; {BIL1}", "ska"),
    ("R-PLAN-1", G, "plan.points:platform.number", 1, f"{BIL1} punkt 1", "ska"),
    ("R-PLAN-1", G, "plan.points:address.number", 2, f"{BIL1} punkt 2", "ska"),
    ("R-PLAN-1", G, "plan.points:unit.number", 3, f"{BIL1} punkt 3", "ska"),
    ("R-PLAN-1", G, "plan.points:purpose.number", 4, f"{BIL1} punkt 4", "ska"),
    ("R-PLAN-1", G, "plan.points:target_group.number", 4, f"{BIL1} punkt 4", "ska"),
    ("R-PLAN-1", G, "plan.points:administrators.number", 5, f"{BIL1} punkt 5", "ska"),
    ("R-PLAN-1", G, "plan.points:daily_operation.number", 6, f"{BIL1} punkt 6", "ska"),
    ("R-PLAN-1", G, "plan.points:watch_and_updates.number", 7, f"{BIL1} punkt 7", "ska"),
    ("R-PLAN-1", G, "plan.points:hours_per_week.number", 8, f"{BIL1} punkt 8", "ska"),
    ("R-PLAN-1", L, "plan.points:purpose", ..., "Lekeberg 5.1", "ska"),
    ("R-PLAN-1", L, "plan.points:staffing", ..., "Lekeberg 5.2", "ska"),
    ("R-PLAN-1", L, "plan.points:hours_per_week", ..., "Lekeberg 5; Lekeberg 5.2", "ska"),
    ("R-PLAN-1", L, "plan.points:absence_routine", ..., "Lekeberg 5.2", "ska"),
    ("R-PLAN-6", L, "plan.points:terms_of_use", ..., "Lekeberg 2.5", "bör"),
    ("R-PLAN-1", LI, "plan.points:target_group", ..., "Lidingö, Innan du startar", "ska"),
    ("R-PLAN-7", LI, "plan.points:goals", ..., "Lidingö, Innan du startar", "ska"),
    ("R-PLAN-1", LI, "plan.points:address", ..., WHO, "ska"),
    ("R-PLAN-1", LI, "plan.points:responsible", ..., WHO, "ska"),
    ("R-PLAN-1", N, "plan.points:mission", ..., "Norsjö 4.2", "ska"),
    ("R-PLAN-1", V, "plan.points:mission", ..., f"{EDITORS}; Valdemarsvik, Kontroll och svar", "ska"),
    ("R-PLAN-1", V, "plan.points:purpose", ..., EDITORS, "ska"),
    ("R-PLAN-2", G, "plan.duties:administrator.minimum", 2, f"Gullspång avsnitt 3; {BIL1} punkt 5", "ska"),
    ("R-PLAN-2", G, "plan.duties:administrator.counts_as_login", True, f"Gullspång avsnitt 3; {BIL1} punkt 5", "ska"),
    ("R-PLAN-2", G, "plan.duties:operator.minimum", 1, f"{BIL1} punkt 6", "ska"),
    ("R-PLAN-2", G, "plan.duties:deputy.minimum", 1, "Gullspång avsnitt 5", "ska"),
    ("R-PLAN-2", L, "plan.duties:page_owner.minimum", 1, "Lekeberg 5.2", "ska"),
    ("R-PLAN-2", L, "plan.duties:page_owner.maximum", 1, "Lekeberg 5.2", "ska"),
    ("R-PLAN-2", L, "plan.duties:editor.minimum", 1, "Lekeberg 5.2", "ska"),
    ("R-PLAN-2", L, "plan.duties:editor.maximum", None, "Lekeberg 5.2", "ska"),
    ("R-PLAN-2", LI, "plan.duties:responsible.minimum", 1, ROUTINE, "ska"),
    ("R-PLAN-2", LI, "plan.duties:deputy.stands_in_for", "responsible", ROUTINE, "ska"),
    ("R-PLAN-9", N, "plan.duties:responsible.stated_minimum", None, "Norsjö 4.3", "bör"),
    ("R-PLAN-9", V, "plan.duties:editor.stated_minimum", None, EDITORS, "ska"),
    ("R-PLAN-3", G, "plan.approval.title", "Verksamhetsansvarig chef", BIL1, "ska"),
    ("R-PLAN-3", G, "plan.approval.statements:activity.text", "Jag godkänner denna aktivitet", BIL1, "ska"),
    ("R-PLAN-3", L, "plan.approval.statements:medium.delegated", True, "Lekeberg 5", "ska"),
    ("R-PLAN-3", L, "plan.approval.statements:speakers.delegated", True, "Lekeberg 5.2", "ska"),
    ("R-PLAN-3", N, "plan.approval.statements:mission", ..., "Norsjö 4.2; Norsjö 4.3", "ska"),
    ("R-PLAN-3", LI, "plan.approval.statements:mission", ..., f"{WHO}; {START}", "ska"),
    ("R-PLAN-3", V, "plan.approval.statements:mission", ..., EDITORS, "ska"),
    ("R-PLAN-4", G, "plan.anchored_with.who", "communications_officer", "Gullspång avsnitt 2", "ska"),
    ("R-PLAN-4", G, "plan.copies.to", ("communications_officer",), f"Gullspång avsnitt 3; {BIL1}", "ska"),
    ("R-PLAN-4", L, "plan.anchored_with.who", "communications_officer", "Lekeberg 5", "ska"),
    ("R-PLAN-4", LI, "plan.told.who", "communications_unit", WHO, "ska"),
    ("R-PLAN-5", G, "plan.prerequisites:website_first", ..., "Gullspång avsnitt 2", "ska"),
    ("R-PLAN-5", L, "plan.prerequisites:website_first", ..., "Lekeberg 2.3", "ska"),
    ("R-PLAN-6", L, "plan.prerequisites:terms_of_use", ..., "Lekeberg 2.5", "bör"),
    ("R-PLAN-7", LI, "plan.prerequisites:follow_up", ..., "Lidingö, Innan du startar", "ska"),
    ("R-PLAN-8", L, "plan.prerequisites:guidelines_read", ..., "Lekeberg 5; Lekeberg 5.1", "ska"),
    ("R-PLAN-8", G, "plan.prerequisites:platform_skill", ..., "Gullspång avsnitt 9", "ska"),
    ("R-PLAN-9", G, "plan.prerequisites:mission_given.who", "manager", "Gullspång avsnitt 2", "ska"),
    ("R-PLAN-9", G, "plan.prerequisites:resources", ..., "Gullspång avsnitt 3; Gullspång avsnitt 13", "ska"),
    ("R-PLAN-9", L, "plan.prerequisites:resources.who", "manager", "Lekeberg 5", "ska"),
    ("R-PLAN-9", LI, "plan.prerequisites:resources.who", "manager", WHO, "ska"),
    ("R-PLAN-9", N, "plan.prerequisites:mission_given.who", "manager", "Norsjö 4.2", "ska"),
    ("R-PLAN-9", V, "plan.prerequisites:purpose_clear.who", "manager", EDITORS, "ska"),
    ("R-PLAN-10", G, "plan.printed_form", ..., BIL1, "ska"),
]

INFORMATION = [
    *[
        ("R-INFO-1", G, f"information.items:{item}", ..., "Gullspång avsnitt 4", "ska")
        for item in (
            "logo",
            "purpose",
            "official",
            "part_of_municipality",
            "update_frequency",
            "contact",
            "website_link",
        )
    ],
    ("R-INFO-1", G, "information.items:messages_visible", ..., "Gullspång avsnitt 5", "ska"),
    ("R-INFO-1", G, "information.items:personal_data", ..., "Gullspång avsnitt 5", "ska"),
    *[
        ("R-INFO-1", L, f"information.items:{item}", ..., "Lekeberg 5.3", "bör")
        for item in (
            "municipality_uses_it",
            "messages_visible",
            "public_documents",
            "purpose",
            "forbidden",
            "consequences",
        )
    ],
    *[
        ("R-INFO-1", L, f"information.items:{item}", ..., "Lekeberg 2.2", "ska")
        for item in ("logo", "unit_as_sender", "unit_image", "website_link")
    ],
    ("R-INFO-1", L, "information.items:unit_image.where_possible", True, "Lekeberg 2.2", "ska"),
    ("R-INFO-1", L, "information.items:opinion_system", ..., "Lekeberg 2.5", "bör"),
    ("R-INFO-1", N, "information.items:graphic_profile.where_possible", True, "Norsjö 4.1", "ska"),
    *[
        ("R-INFO-1", LI, f"information.items:{item}", ..., START, "ska")
        for item in ("belongs_to_city", "logo", "presentation", "purpose", "opening_hours", "website_link", "contact")
    ],
    ("R-INFO-1", V, "information.items:logo", ..., EDITORS, "ska"),
    (
        "R-INFO-2",
        L,
        "information.text.forbidden",
        (
            "förtal eller personangrepp",
            "hets mot folkgrupp, sexistiska yttranden eller trakasserier",
            "olovliga våldsskildringar eller pornografi",
            "uppmaningar till brott",
            "upphovsrättsligt skyddat material",
            "inlägg som innehåller sekretessuppgifter",
        ),
        "Lekeberg Bilaga 1",
        "exempel",
    ),
    ("R-INFO-3", L, "information.contact.who", "page_owner", "Lekeberg 5.3", "ska"),
    ("R-INFO-3", LI, "information.contact.who", "responsible", START, "ska"),
    (
        "R-CRED-1",
        G,
        "credentials.handed_to.who",
        "communications_officer",
        f"Gullspång avsnitt 3; {BIL1} punkt 5",
        "ska",
    ),
    ("R-CRED-1", G, "credentials.kept_at", ..., f"{BIL1} punkt 5", "ska"),
    ("R-CRED-1", G, "credentials.store.value", "vault", f"Gullspång avsnitt 3; {BIL1} punkt 5", "ska"),
    ("R-CRED-2", LI, "credentials.registrar_access.who", "registrar", WHO, "ska"),
    ("R-CRED-3", LI, "credentials.when_leaving", ..., START, "ska"),
]

FACTS = REGISTER + PLAN + INFORMATION
