"""Notes whose pairs are to be looked for; whoever changes what tells children apart calls it, in one transaction."""

from collections.abc import Iterable

from ceting.registry.families.models import Child, Unlooked


def look_again(children: Iterable[Child]) -> None:
    """Tonight these children are compared with those who may be the same."""
    rows = [Unlooked(puskesmas_id=child.puskesmas_id, child=child) for child in children]
    Unlooked.objects.bulk_create(rows, batch_size=1000)
