"""What a family's copy says of the care of her child: all of it, in words that she may read."""

import pytest

from ceting.care.child_health import finding_operations, operations
from ceting.care.child_health.drafts import FindingDraft, IllnessDraft, ImmunisationDraft, ReferralDraft
from ceting.care.child_health.models import FindingCode
from ceting.registry.rights.contributing import Person, sections
from ceting.standards.words import FORBIDDEN_FOR_FAMILIES
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_a_copy_holds_every_entry_and_none_of_the_words_of_staff(cast: Cast) -> None:
    child = cast.aisyah
    findings = [FindingDraft(child=child, on=cast.today, code=code) for code in FindingCode.values]
    more = [
        ImmunisationDraft(child=child, on=cast.today, dose="MR1"),
        IllnessDraft(child=child, on=cast.today, signs=("DIARE",)),
        ReferralDraft(child=child, on=cast.today, reason="severe", destination="RSUP"),
    ]
    entries = operations.record([*findings, *more], by=cast.bidan_rina)
    finding_operations.confirm(entries[0], holds=True, on=cast.today, by=cast.bidan_rina)
    found = sections(Person(children={child.pk}), "Asia/Jakarta")
    rows = {section.title: section.rows for section in found}
    assert rows["Imunisasi"] == [{"Tanggal": "Kam, 26 Nov 2026", "Dosis": "Campak-Rubela 1"}]
    assert rows["Keluhan"][0]["Keluhan"] == "Diare"
    assert len(rows["Yang perlu dipastikan"]) == len(FindingCode.values)
    text = str([rows[title] for title in rows if title != "Anak"]).lower()
    for forbidden in FORBIDDEN_FOR_FAMILIES:
        assert forbidden not in text, forbidden
