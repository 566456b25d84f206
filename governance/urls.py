"""The addresses of the whole site; paths are Swedish, names English (`<app>:<noun>-<verb>`)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from governance import login
from governance.views import health

urlpatterns = [
    path("healthz", health.show, name="healthz"),
    path("sprak/", login_not_required(set_language), name="set_language"),
    path("logga-in/signup/", login.closed),
    path("logga-in/email/", login.closed),
    path("logga-in/", include("allauth.urls")),
    path("", include("governance.paths")),
    path("", include("accounts.urls")),
    path("", include("archive.urls")),
    path("", include("moderation.urls")),
]
