"""The register as open data: for anybody, on any website, under CC0."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from accounts.public import data, feed, linked, openapi
from accounts.public.place import place
from accounts.public.stamp import public_stamp
from governance.shared import shared

open_data = shared(public_stamp, indexed=False, cors=True)


@shared(public_stamp)
def show(request: HttpRequest) -> HttpResponse:
    """Say for people what there is to fetch, and how it is kept up."""
    context = {"place": place(), "columns": data.COLUMNS, "licence": data.LICENCE, "base": settings.BASE_URL}
    return render(request, "accounts/public/data.html", context)


@open_data
def show_json(request: HttpRequest) -> StreamingHttpResponse:
    """Answer every account that the public lists show, streamed."""
    return StreamingHttpResponse(data.as_json(place()), content_type="application/json")


@open_data
def show_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Answer the same as CSV, streamed."""
    named = {"Content-Disposition": 'inline; filename="konton.csv"'}
    return StreamingHttpResponse(data.as_csv(), content_type="text/csv; charset=utf-8", headers=named)


@open_data
def show_linked(request: HttpRequest) -> JsonResponse:
    """Answer the municipality and its units with their accounts, as schema.org says it."""
    response = JsonResponse(linked.of_all(), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/ld+json"
    return response


@open_data
def show_feed(request: HttpRequest) -> HttpResponse:
    """Answer the latest changes as an Atom feed."""
    return HttpResponse(feed.as_atom(), content_type="application/atom+xml; charset=utf-8")


@open_data
def show_openapi(request: HttpRequest) -> JsonResponse:
    """Describe all this for programs."""
    return JsonResponse(openapi.document(), json_dumps_params={"ensure_ascii": False})


@open_data
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """Describe the data set for Sveriges dataportal, as DCAT-AP-SE asks."""
    context = {"place": place(), "base": settings.BASE_URL, "licence": data.LICENCE}
    return render(request, "accounts/public/dcat.rdf", context, content_type="application/rdf+xml")
