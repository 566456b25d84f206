"""Exports in the navigation."""

from django.utils.translation import gettext_lazy as _

from governance.panels import navigation

navigation(_("Exporter"), "archive:export-list", "export_archive", 72, under="archive:record-list")
