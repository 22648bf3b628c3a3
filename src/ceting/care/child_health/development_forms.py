"""KPSP: ten questions where the puskesmas typed them in, else the number of yeses from its paper form."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ceting.care.child_health.care_forms import CareForm
from ceting.care.child_health.drafting import Draft
from ceting.care.child_health.drafts import DevelopmentDraft
from ceting.care.child_health.models import QuestionSet
from ceting.foundation.ui.form_fields import RefusalMixin
from ceting.standards.child import development

MUST = {"required": "Jawab ya atau tidak."}
LONGEST_QUESTION, LONGEST_SOURCE = 400, 160


class DevelopmentForm(CareForm):
    """One questionnaire of one age. `questions` with their rows, or None where nobody typed them in."""

    def __init__(self, *args: Any, age_month: int, questions: QuestionSet | None, **kwargs: Any) -> None:
        self.age_month, self.questions = age_month, questions
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        if self.questions is None:
            self.fields["yes"] = forms.IntegerField(
                label="Berapa jawaban ya dari sepuluh pertanyaan?",
                min_value=0,
                max_value=development.questions(),
                error_messages={
                    "required": "Isi banyaknya jawaban ya.",
                    "min_value": "Banyaknya jawaban ya paling sedikit 0.",
                    "max_value": "Banyaknya jawaban ya paling banyak %(limit_value)s.",
                },
            )
            self.shown = (("on", ""), ("yes", ""))
            return
        rows = sorted(self.questions.rows.all(), key=lambda row: row.number)
        self.names = [f"answer_{row.number}" for row in rows]
        for name, row in zip(self.names, rows, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=f"{row.number}. {row.text}",
                choices=(("yes", "Ya"), ("no", "Tidak")),
                widget=forms.RadioSelect,
                error_messages=MUST,
            )
        self.shown = (("on", ""), *((name, "segments") for name in self.names))

    def drafts(self) -> Sequence[Draft]:
        data = self.cleaned_data
        answers = tuple(data[name] == "yes" for name in self.names) if self.questions else ()
        draft = DevelopmentDraft(
            **self.occasion,
            age_month=self.age_month,
            yes=sum(answers) if self.questions else data["yes"],
            answers=answers,
            questions=self.questions,
        )
        return [draft]


class QuestionsForm(RefusalMixin, forms.Form):
    """The ten questions of one age, and the booklet from which they were typed."""

    source = forms.CharField(
        label="Dari buku apa",
        max_length=LONGEST_SOURCE,
        help_text="Misalnya: Pedoman SDIDTK Kemenkes, tahun dan halamannya.",
        error_messages={"required": "Isi dari buku apa pertanyaannya."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"text_{number}" for number in range(1, development.questions() + 1)]
        for number, name in enumerate(self.names, start=1):
            self.fields[name] = forms.CharField(
                label=f"Pertanyaan {number}",
                max_length=LONGEST_QUESTION,
                error_messages={"required": "Isi pertanyaannya seperti di buku."},
            )

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    @property
    def texts(self) -> list[str]:
        """Only after is_valid()."""
        return [" ".join(self.cleaned_data[name].split()) for name in self.names]
