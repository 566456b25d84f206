"""Websites that have asked to be left alone for a while."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HostRest(models.Model):
    """Until when no page of a website is asked for; `times` counts how often it asked since it last let us in."""

    host = models.CharField(_("Webbplats"), max_length=253, primary_key=True)
    until = models.DateTimeField(_("Vilar till"))
    times = models.PositiveSmallIntegerField(_("Gånger i rad"), default=0)

    class Meta:
        verbose_name = _("webbplats som vilar")
        ordering = ["host"]

    def __str__(self) -> str:
        return self.host
