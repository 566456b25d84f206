"""The kernel's own addresses."""

from django.urls import path

from governance.paths_day_one import urlpatterns as day_one
from governance.views import (
    accessibility,
    audit,
    authorities,
    demo,
    findings,
    notices,
    people,
    policies,
    roles,
    stand_ins,
    start,
    steps,
    units,
)

app_name = "governance"

urlpatterns = [
    path("", start.show, name="start-show"),
    path("att-gora/", findings.show_list, name="finding-list"),
    path("meddelanden/", notices.show_list, name="notice-list"),
    path("logg/", audit.show_list, name="audit-list"),
    path("logg/kontrollera/", audit.verify, name="audit-verify"),
    path("policy/", policies.show_list, name="policy-list"),
    path("policy/las-in/", policies.load, name="policy-load"),
    path("policy/<int:pk>/", policies.show, name="policy-show"),
    path("policy/<int:pk>/last/", policies.acknowledge, name="policy-acknowledge"),
    path("policy/<int:pk>/anta/", policies.adopt, name="policy-adopt"),
    path("min-sida/", people.show_self, name="person-self"),
    path("personer/", people.show_list, name="person-list"),
    path("personer/ny/", people.add, name="person-add"),
    path("personer/<int:pk>/", people.show, name="person-show"),
    path("personer/<int:pk>/redigera/", people.edit, name="person-edit"),
    path("personer/<int:pk>/e-post/", people.change_email, name="person-email"),
    path("personer/<int:pk>/avsluta/", people.deactivate, name="person-deactivate"),
    path("personer/<int:pk>/oppna-igen/", people.reactivate, name="person-reactivate"),
    path("personer/<int:pk>/ersattare/", stand_ins.give, name="stand-in-give"),
    path("ersattare/", stand_ins.show_list, name="stand-in-list"),
    path("personer/<int:pk>/ge-roll/", roles.give, name="role-give"),
    path("roller/<int:pk>/avsluta/", roles.end, name="role-end"),
    path("enheter/", units.show_list, name="unit-list"),
    path("enheter/<int:pk>/", units.show, name="unit-show"),
    path("enheter/<int:pk>/ny/", units.add, name="unit-add"),
    path("enheter/<int:pk>/redigera/", units.edit, name="unit-edit"),
    path("enheter/<int:pk>/flytta/", units.move, name="unit-move"),
    path("enheter/<int:pk>/avsluta/", units.end, name="unit-end"),
    path("myndigheter/", authorities.show_list, name="authority-list"),
    path("myndigheter/ny/", authorities.add, name="authority-add"),
    path("myndigheter/<int:pk>/redigera/", authorities.edit, name="authority-edit"),
    path("myndigheter/<int:pk>/avsluta/", authorities.end, name="authority-end"),
    path("steg/<str:label>/<int:pk>/<slug:step>/", steps.perform, name="step-perform"),
    path("tillganglighet/", accessibility.show, {"language": "sv"}, name="accessibility-show"),
    path("en/accessibility/", accessibility.show, {"language": "en"}, name="accessibility-show-en"),
    *day_one,
    path("demo/brevlada/", demo.show_mailbox, name="mailbox-show"),
    path("demo/brevlada/<str:key>/", demo.show_mail, name="mail-show"),
    path("demo/logga-in/", demo.log_in, name="demo-login"),
]
