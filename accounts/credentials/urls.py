"""The addresses of what an account shows, who gets into it, and its login."""

from django.urls import path

from accounts.views import access, credentials, information

urlpatterns = [
    path("konton/<int:pk>/information/", information.check, name="information-check"),
    path("konton/<int:pk>/informationstext/", information.text, name="information-text"),
    path("konton/<int:pk>/atkomst/", access.show_list, name="access-list"),
    path("konton/<int:pk>/atkomst/ny/", access.enter, name="access-enter"),
    path("atkomst/<int:pk>/", access.confirm, name="access-confirm"),
    path("atkomst/<int:pk>/kontrollerad/", access.check, name="access-check"),
    path("atkomst/<int:pk>/avslutad/", access.end, name="access-end"),
    path("inloggningar/", credentials.show_list, name="credential-list"),
    path("konton/<int:pk>/inloggning/", credentials.show, name="credential-show"),
    path("konton/<int:pk>/inloggning/ange/", credentials.edit, name="credential-edit"),
    path("konton/<int:pk>/inloggning/kontrollerad/", credentials.check, name="credential-check"),
    path("konton/<int:pk>/inloggning/bytt/", credentials.change, name="credential-change"),
    path("konton/<int:pk>/inloggning/visa/", credentials.reveal, name="credential-reveal"),
]
