"""Forms about targets: a puskesmas' grid of posyandu, and one change with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from ceting.foundation.ui.form_fields import RefusalMixin
from ceting.registry.families.life_forms import REASON_NEEDED
from ceting.registry.families.models import SealedTarget, TargetEntry, TargetSource
from ceting.registry.families.target_operations import MOST_CHILDREN, TargetDraft
from ceting.registry.places.models import Posyandu

YEARS_BACK = 5
NUMBER_WORDS = f"Isi angka dari 0 sampai {MOST_CHILDREN}."


def year_of(asked: str, today: date) -> int:
    """The year that somebody asked for, from five years ago to the next one; otherwise this one."""
    years = year_choices(today)
    return next((year for year in years if str(year) == asked), today.year)


def year_choices(today: date) -> list[int]:
    return list(range(today.year + 1, today.year - YEARS_BACK - 1, -1))


def number_field(**kwargs: Any) -> forms.IntegerField:
    """How many children: a text input, since a spinner changes under a scrolling thumb."""
    return forms.IntegerField(
        min_value=0,
        max_value=MOST_CHILDREN,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 5}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), NUMBER_WORDS),
        **kwargs,
    )


class TargetGridForm(RefusalMixin, forms.Form):
    """A number, its source and the version that was seen, for each posyandu that isn't sealed yet."""

    def __init__(
        self,
        *args: Any,
        posts: Sequence[Posyandu],
        entries: Mapping[UUID, TargetEntry],
        registered: Mapping[UUID, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.posts = posts
        for post in posts:
            entry = entries.get(post.pk)
            number = entry.children if entry else registered.get(post.pk, 0)
            name = TargetDraft(post, 0, "").field
            self.fields[name] = number_field(label=str(post), required=False, initial=number)
            self.fields[name].widget.attrs |= {"class": "control", "aria-label": f"Sasaran {post}"}
            self.fields[_source(post)] = forms.ChoiceField(
                label=f"Sumber {post}",
                choices=TargetSource.choices,
                initial=entry.source if entry else TargetSource.REGISTER,
                widget=forms.Select(attrs={"class": "control", "aria-label": f"Sumber angka {post}"}),
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih sumber angkanya."),
            )
            self.fields[_version(post)] = forms.IntegerField(
                required=False, initial=entry.version if entry else 0, widget=forms.HiddenInput
            )

    def inputs(self) -> Iterator[tuple[Posyandu, BoundField, BoundField, BoundField]]:
        for post in self.posts:
            name = TargetDraft(post, 0, "").field
            yield post, self[name], self[_source(post)], self[_version(post)]

    def drafts(self) -> list[TargetDraft]:
        """What was typed; an empty input says nothing of its posyandu."""
        found = []
        for post in self.posts:
            number = self.cleaned_data[TargetDraft(post, 0, "").field]
            if number is not None:
                version = self.cleaned_data[_version(post)] or 0
                found.append(TargetDraft(post, number, self.cleaned_data[_source(post)], version))
        return found


def _source(post: Posyandu) -> str:
    return f"source_{post.pk.hex}"


def _version(post: Posyandu) -> str:
    return f"version_{post.pk.hex}"


class TargetChangeForm(RefusalMixin, forms.Form):
    """Another number for a sealed target."""

    children = number_field(label="Sasaran balita")
    source = forms.ChoiceField(
        label="Sumber angka",
        choices=TargetSource.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih sumber angkanya."),
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        error_messages={"required": REASON_NEEDED},
        help_text="Misalnya: pemekaran RT, atau angka Dinas diperbarui.",
    )
    base_revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: SealedTarget, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "children": standing.children,
            "source": standing.source,
            "base_revision": standing.revision,
        }
        super().__init__(*args, **kwargs)
