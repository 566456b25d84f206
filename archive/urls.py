"""The app's addresses; paths are Swedish, names English (`<noun>-<verb>`)."""

from django.urls import path

from archive.views import campaigns, closing, files, records, snapshots

app_name = "archive"

urlpatterns = [
    path("arkiv/", records.show_list, name="record-list"),
    path("arkiv/<int:pk>/", records.show, name="record-show"),
    path("arkiv/<int:pk>/kontrollera/", records.verify, name="record-verify"),
    path("arkiv/<int:pk>/alla-filer/", files.export, name="record-export"),
    path("arkiv/<int:pk>/filer/<str:name>/", files.download, name="record-download"),
    path("arkiv/<int:pk>/filer/<str:name>/visa/", files.show, name="file-show"),
    path("ogonblicksbilder/", snapshots.show_list, name="snapshot-list"),
    path("ogonblicksbilder/<int:pk>/", snapshots.show, name="snapshot-show"),
    path("ogonblicksbilder/<int:pk>/lage/", snapshots.progress, name="snapshot-progress"),
    path("konton/<int:pk>/ogonblicksbild/", snapshots.order, name="snapshot-order"),
    path("konton/<int:pk>/avsluta/ogonblicksbild/", closing.order, name="closing-order"),
    path("konton/<int:pk>/avsluta/ladda-upp/", closing.upload, name="closing-upload"),
    path("konton/<int:pk>/avsluta/avgor/", closing.decide, name="closing-decide"),
    path("arkiveringsomgangar/", campaigns.show_list, name="campaign-list"),
    path("arkiveringsomgangar/starta/", campaigns.start, name="campaign-start"),
    path("arkiveringsomgangar/<int:pk>/", campaigns.show, name="campaign-show"),
]
