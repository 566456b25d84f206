"""The app's addresses; paths are Swedish, names English (`<noun>-<verb>`)."""

app_name = "accounts"

urlpatterns = []
