"""The public's addresses, in Swedish and in English: the address decides the language (`governance.shared`)."""

from collections.abc import Callable

from django.urls import URLPattern, path

from accounts.views import public_check, public_data, public_list, public_reports, public_robots, reports
from governance.shared import ENGLISH, SWEDISH


def both(name: str, view: Callable, swedish: str, english: str) -> list[URLPattern]:
    """Answer the page at its two addresses."""
    return [
        path(swedish, view, {"language": SWEDISH}, name=name),
        path(f"en/{english}", view, {"language": ENGLISH}, name=f"{name}-en"),
    ]


urlpatterns = [
    *both("public-list", public_list.show_list, "officiella-konton/", "official-accounts/"),
    *both("public-closed", public_list.show_closed, "officiella-konton/avslutade/", "official-accounts/closed/"),
    *both("report-new", public_reports.report, "officiella-konton/anmal/", "official-accounts/report/"),
    *both("receipt-find", public_reports.find_receipt, "officiella-konton/kvitto/", "official-accounts/receipt/"),
    *both(
        "receipt-show",
        public_reports.show_receipt,
        "officiella-konton/kvitto/<str:number>/",
        "official-accounts/receipt/<str:number>/",
    ),
    *both(
        "public-show",
        public_list.show,
        "officiella-konton/<int:pk>-<slug:slug>/",
        "official-accounts/<int:pk>-<slug:slug>/",
    ),
    path("officiella-konton/fragment.html", public_list.show_fragment, name="public-fragment"),
    *both("public-check", public_check.show, "ar-kontot-akta/", "is-this-account-official/"),
    *both("feedback-new", public_reports.feedback, "tillganglighet/synpunkt/", "accessibility/feedback/"),
    *both("data-show", public_data.show, "oppna-data/", "open-data/"),
    path("oppna-data/konton.json", public_data.show_json, name="data-json"),
    path("oppna-data/konton.csv", public_data.show_csv, name="data-csv"),
    path("oppna-data/konton.jsonld", public_data.show_linked, name="data-linked"),
    path("oppna-data/handelser.atom", public_data.show_feed, name="data-feed"),
    path("oppna-data/kontroll.json", public_check.show_data, name="data-check"),
    path("oppna-data/openapi.json", public_data.show_openapi, name="data-openapi"),
    path("oppna-data/dcat.rdf", public_data.show_catalogue, name="data-catalogue"),
    path("robots.txt", public_robots.show_robots, name="robots-show"),
    path("sitemap.xml", public_robots.show_sitemap, name="sitemap-show"),
    path("anmalningar/", reports.show_list, name="report-list"),
    path("anmalningar/<int:pk>/", reports.show, name="report-show"),
]
