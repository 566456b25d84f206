"""The addresses of retention and disposal."""

from django.urls import path

from archive.views import disposal_holds, disposals, ordering_records, retention, retention_basis

urlpatterns = [
    path("dokumenthanteringsplan/", retention.show_list, name="retention-list"),
    path("dokumenthanteringsplan/<int:pk>/", retention.show, name="retention-show"),
    path("dokumenthanteringsplan/<int:pk>/plan.pdf", retention.print_pdf, name="retention-print"),
    path("dokumenthanteringsplan/myndighet/<int:pk>/ny/", retention.begin, name="retention-begin"),
    path("dokumenthanteringsplan/<int:pk>/inledning/", retention.describe, name="retention-describe"),
    path("dokumenthanteringsplan/<int:pk>/rad/", retention.write_rule, name="rule-new"),
    path("dokumenthanteringsplan/<int:pk>/rad/<int:rule>/", retention.write_rule, name="rule-edit"),
    path("dokumenthanteringsplan/<int:pk>/rad/<int:rule>/ta-bort/", retention.drop_rule, name="rule-drop"),
    path("dokumenthanteringsplan/<int:pk>/anta/", retention.adopt, name="retention-adopt"),
    path("dokumenthanteringsplan/<int:pk>/kasta/", retention.discard, name="retention-discard"),
    path("handlingstyper/", retention_basis.show_kinds, name="document-kind-list"),
    path("handlingstyper/ny/", retention_basis.write_kind, name="document-kind-new"),
    path("handlingstyper/<int:pk>/", retention_basis.write_kind, name="document-kind-edit"),
    path("handlingstyper/<int:pk>/anvand/", retention_basis.retire_kind, name="document-kind-retire"),
    path("gallringsbeslut/", retention_basis.show_decisions, name="decision-list"),
    path("gallringsbeslut/nytt/", retention_basis.write_decision, name="decision-new"),
    path("gallringsbeslut/<int:pk>/", retention_basis.show_decision, name="decision-show"),
    path("gallringsbeslut/<int:pk>/ratta/", retention_basis.write_decision, name="decision-edit"),
    path("gallringsbeslut/<int:pk>/upphor/", retention_basis.end_decision, name="decision-end"),
    path("oppna-data/handlingstyper/", retention_basis.show_public, name="document-kinds-public"),
    path("arkiv/ordna/", ordering_records.show_list, name="record-order"),
    path("arkiv/<int:pk>/handlingstyp/", ordering_records.file_as, name="record-file-as"),
    path("arkiv/<int:pk>/inaktuell/", ordering_records.set_out_of_use, name="record-out-of-use"),
    path("gallring/", disposals.show_list, name="disposal-list"),
    path("gallring/far-gallras/", disposals.show_due, name="disposal-due"),
    path("gallring/gallrade/", disposals.show_disposed, name="disposed-list"),
    path("gallring/stopp/", disposal_holds.show_list, name="hold-list"),
    path("gallring/stopp/nytt/", disposal_holds.stop, name="hold-new"),
    path("gallring/stopp/<int:pk>/", disposal_holds.show, name="hold-show"),
    path("gallring/stopp/<int:pk>/hav/", disposal_holds.end, name="hold-end"),
    path("gallring/<int:pk>/", disposals.show, name="disposal-show"),
    path("gallring/<int:pk>/godkann/", disposals.approve, name="disposal-approve"),
    path("gallring/<int:pk>/undanta/", disposals.exempt, name="disposal-exempt-held"),
    path("gallring/<int:pk>/undanta/<int:row>/", disposals.exempt, name="disposal-exempt"),
]
