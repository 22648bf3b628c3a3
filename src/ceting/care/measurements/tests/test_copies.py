"""What measurements put into a person's copy."""

import pytest

from ceting.care.measurements.models import Measurement
from ceting.care.measurements.teams import name_team
from ceting.registry.rights.contributing import Person, sections
from tests.cast import Cast


@pytest.mark.django_db
def test_a_copy_says_who_measured_and_who_helped_as_the_childs_page_does(cast: Cast, frozen: object) -> None:
    team = name_team(cast.session(), measurer=cast.bidan_rina, assistant="Bu Nur", by=cast.kader_wati)
    cast.weigh(cast.aisyah, "2026-11-05", "8.1")
    Measurement.objects.filter(child=cast.aisyah).update(team=team)
    hers = Person(children={cast.aisyah.pk})
    (rows,) = [each.rows for each in sections(hers, "Asia/Jakarta") if each.title.startswith("Penimbangan")]
    assert rows[0]["Pengukur dan pembantu"] == "Rina Marlina, dibantu Bu Nur"
