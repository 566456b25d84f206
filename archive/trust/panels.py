"""Where the checks of the archive are reached from."""

from django.utils.translation import gettext_lazy as _

from governance.panels import navigation

navigation(_("Kontroll av arkivet"), "archive:check-list", "see_archive_check", 74, under="archive:record-list")
