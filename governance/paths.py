"""The kernel's own addresses."""

app_name = "governance"

urlpatterns = []
