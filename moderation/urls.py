"""The app's addresses; paths are Swedish, names English (`<noun>-<verb>`)."""

from django.urls import path

from moderation import views

app_name = "moderation"

urlpatterns = [
    path("uppsikt/", views.round_today, name="round-today"),
    path("uppsikt/logg/", views.round_list, name="round-list"),
]
