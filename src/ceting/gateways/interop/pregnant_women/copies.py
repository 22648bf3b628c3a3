"""What imports put into a person's copy: the rows of lists that became hers, word for word, and nobody else's."""

from ceting.gateways.interop import copying
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.models import WomenDecision, WomenOutcome
from ceting.registry.rights.contributing import Person, Row, Source, contribute, keep_out


def imported_rows(person: Person, zone: str) -> list[Row]:
    """Each row under the column names of its list, with where it came from."""
    return list(copying.rows_of(KIND, person.caregivers))


contribute(Source((WomenOutcome,), "Baris daftar ibu hamil yang diimpor", imported_rows))
keep_out(WomenDecision, "whom a person took a row for; what it led to is told as the row's outcome")
