"""Addresses of the first days: taking into use, what is left, the municipality, reading in, inviting."""

from django.urls import path

from governance.views import day_one, imports

urlpatterns = [
    path("kom-igang/", day_one.begin, name="first-run"),
    path("kom-igang/lista/", day_one.show_guide, name="guide-show"),
    path("kommun/", day_one.edit_municipality, name="municipality-edit"),
    path("kommun/<str:name>", day_one.show_logo, name="municipality-logo"),
    path("inbjudningar/", day_one.list_invitations, name="invitation-list"),
    path("inbjudningar/skicka/", day_one.send_invitations, name="invitation-send"),
    path("las-in/", imports.show_list, name="import-list"),
    path("las-in/<slug:kind>/", imports.receive, name="import-new"),
    path("las-in/<slug:kind>/mall.<slug:wanted>", imports.download_template, name="import-template"),
    path("las-in/fil/<int:pk>/", imports.show, name="import-show"),
    path("las-in/fil/<int:pk>/kolumner/", imports.arrange, name="import-map"),
    path("las-in/fil/<int:pk>/rader/", imports.choose, name="import-choose"),
    path("las-in/fil/<int:pk>/genomfor/", imports.order, name="import-order"),
    path("las-in/fil/<int:pk>/kasta/", imports.discard, name="import-discard"),
    path("las-in/fil/<int:pk>/fel.<slug:wanted>", imports.download_errors, name="import-errors"),
]
