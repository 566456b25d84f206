"""The kernel's own addresses."""

from django.urls import path

from governance.views import accessibility, audit, demo, findings, notices, policies, start, steps

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
    path("policy/<int:pk>/anta/", policies.adopt, name="policy-adopt"),
    path("steg/<str:label>/<int:pk>/<slug:step>/", steps.perform, name="step-perform"),
    path("tillganglighet/", accessibility.show, name="accessibility-show"),
    path("demo/brevlada/", demo.show_mailbox, name="mailbox-show"),
    path("demo/brevlada/<str:key>/", demo.show_mail, name="mail-show"),
    path("demo/logga-in/", demo.log_in, name="demo-login"),
]
