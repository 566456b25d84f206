"""The app's addresses; paths are Swedish, names English (`<noun>-<verb>`)."""

from django.urls import path

from accounts.views import accounts, plans, public, signatures

app_name = "accounts"

urlpatterns = [
    path("konton/", accounts.show_list, name="account-list"),
    path("konton/foresla/", accounts.propose, name="account-propose"),
    path("konton/<int:pk>/", accounts.show, name="account-show"),
    path("konton/<int:pk>/oppna/", accounts.open_account, name="account-open"),
    path("planer/<int:pk>/", plans.show, name="plan-show"),
    path("planer/<int:pk>/redigera/", plans.edit, name="plan-edit"),
    path("planer/<int:pk>/plan.pdf", plans.print_pdf, name="plan-print"),
    path("planer/<int:pk>/underteckna/", signatures.sign, name="plan-sign"),
    path("planer/<int:pk>/godkann/", signatures.approve, name="plan-approve"),
    path("officiella-konton/", public.show_list, name="public-list"),
]
