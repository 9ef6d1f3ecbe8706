"""Every name that somebody of the register has, once, and the words of these names."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchName(models.Model):
    """A folded name that stands on a card, with its words. Derived: written by
    services.search_names only. It says of nobody that he is called so; whoever reads it goes on
    to the households he may see.

    The same name can stand here twice: two imports at a time would otherwise wait for each other.
    Whoever reads takes each once. A name that nobody has any more stays until the next rebuild.
    """

    name = models.TextField()
    words = ArrayField(models.TextField())

    class Meta:
        verbose_name = _("name that is searched")
        indexes = [
            models.Index(fields=["name"], name="households_searchname_name"),
            GinIndex(fields=["words"], name="households_searchname_words"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word of the names: what a part of a word, or a mistyped one, is looked for in. As
    SearchName, it can stand here twice."""

    word = models.TextField()

    class Meta:
        verbose_name = _("word of names that are searched")
        indexes = [models.Index(fields=["word"], name="households_searchword_word")]

    def __str__(self) -> str:
        return self.word
