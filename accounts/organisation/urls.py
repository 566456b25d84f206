"""The addresses of duties, leaving, confirming and reorganising; part of the app's own."""

from django.urls import path

from accounts.views import confirmations, duties, leaving, reorganisations

urlpatterns = [
    path("personer/<int:pk>/lamnar/", leaving.show, name="leaving-show"),
    path("konton/bekrafta/", confirmations.show_list, name="confirmation-list"),
    path("konton/<int:pk>/bekrafta/", confirmations.confirm, name="account-confirm"),
    path("konton/<int:pk>/ansvar/", duties.show_list, name="duty-list"),
    path("omorganisationer/", reorganisations.show_list, name="reorganisation-list"),
    path("omorganisationer/ny/", reorganisations.decide, name="reorganisation-new"),
    path("omorganisationer/<int:pk>/", reorganisations.show, name="reorganisation-show"),
]
