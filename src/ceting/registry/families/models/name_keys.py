"""The index of names: which words name a child, and how each word may be typed. Derived; `index_names` writes it."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.registry.families.models.family import Child
from ceting.registry.places.models import Puskesmas

LONGEST_WORD = 60


class WordKey(models.Model):
    """One way to type a word of a name. Words are few (a city's names repeat), so their keys may be many."""

    field_classes = classify(internal="id key word")

    key = models.CharField(max_length=LONGEST_WORD + 1)
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "word"], name="word_key_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.word}"


class ChildWord(models.Model):
    """A normalised word that names a child: her own (`is_own`), or a caregiver's of her household."""

    field_classes = classify(internal="id puskesmas child word is_own")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="words", db_index=False)
    word = models.CharField(max_length=LONGEST_WORD)
    is_own = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["child", "word"], name="child_word_once"),)
        indexes = (models.Index(fields=["word", "puskesmas", "child"], name="child_by_word"),)

    def __str__(self) -> str:
        return f"{self.child_id} {self.word}"
