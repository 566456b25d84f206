"""What the shipped policies say to the public, marked so that the English pages can say it in English.

A rule that a municipality has written itself is shown in Swedish, and marked as Swedish, until somebody translates it.
"""

from governance.policy.marks import N_

GROUNDS = (
    N_("reklam"),
    N_("sekretessbelagt material"),
    N_("kränkande uppgifter"),
    N_("hot"),
    N_("uppvigling"),
    N_("hets mot folkgrupp"),
    N_("barnpornografi"),
    N_("olaga våldsskildring"),
    N_("upphovsrättsligt skyddat material"),
    N_("personangrepp"),
    N_("annat som bryter mot lag"),
    N_("olaga hot eller uppvigling"),
    N_("offentlig uppmaning till brott eller annan brottslig verksamhet"),
    N_(
        "kränkningar, olaga integritetsintrång, personangrepp eller förolämpningar, hets mot folkgrupp, "
        "sexistiska yttranden eller andra trakasserier"
    ),
    N_("olaga våldsskildringar, pornografi och barnpornografi"),
    N_("olovligt bruk av upphovsrättsligt skyddat material"),
    N_("känslig information såsom sekretessbelagda uppgifter"),
    N_("information och marknadsföring om eller från aktörer som kommunen inte har något uttalat samarbete med"),
    N_("politiska diskussioner"),
    N_("annat som kan antas strida mot gällande lagstiftning"),
    N_("förtal, personliga angrepp eller förolämpningar"),
    N_("hets mot folkgrupp, sexistiska yttranden eller andra trakasserier"),
    N_("olovliga våldsskildringar eller pornografi"),
    N_("uppmaningar till brott eller annan brottslig verksamhet"),
    N_("svordomar eller obscena ord"),
    N_("kommersiella budskap eller reklam"),
    N_("inlägg som kränker enskildas personliga integritet"),
    N_("inlägg som inte följer kontots ändamål och angivna regler"),
    N_("inlägg som kan omfattas av sekretess"),
    N_("det som skrivs efter att en lång diskussion har avslutats"),
    N_("uppmaningar till brott"),
    N_("sekretessbelagda uppgifter"),
    N_("annat som kan antas strida mot lagstiftning, direktiv eller riktlinjer"),
    N_("kränkande personuppgifter"),
    N_("sekretessuppgifter"),
    N_("brottsligt material, till exempel hets mot folkgrupp"),
)
# How soon an answer comes, where the policy gives no number.
SPEEDS = (
    N_("skyndsamt, inom rekommenderad tid"),
    N_("så snabbt som möjligt"),
    N_("så snart som möjligt"),
    N_("snabbt"),
)
