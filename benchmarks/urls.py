"""The product's addresses, and one bare look-up by primary key through the same stack: the least a page can cost."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from accounts.models import Account


@login_not_required
def look_up(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer one account's name."""
    return JsonResponse({"name": Account.objects.get(pk=pk).name})


urlpatterns = [path("uppslag/<int:pk>/", look_up), path("", include("governance.urls"))]
