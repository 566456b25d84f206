"""The archive's vocabulary: every word that some record's text holds, for parts of compounds and misspellings."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchWord(models.Model):
    """One word of the index.

    `key` is the word as trigrams compare it: å, ä and ö written out as two letters, since a database without Swedish
    rules takes them for blanks.
    """

    word = models.CharField(max_length=60, primary_key=True)
    key = models.CharField(max_length=130)

    class Meta:
        verbose_name = _("sökord")
        ordering = ["word"]
        indexes = [GinIndex(OpClass(models.F("key"), name="gin_trgm_ops"), name="search_word_key")]

    def __str__(self) -> str:
        return self.word
