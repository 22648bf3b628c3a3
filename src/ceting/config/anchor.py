"""The newest seal of the audit trail, kept outside the table: who cuts the trail's end off can't cut this too.

It is kept in a file under CETING_HOME after each sealing and in the list of every backup, under the lookup key.
"""

import hmac
from dataclasses import dataclass
from pathlib import Path

from ceting.config import marks
from ceting.foundation.audit.models import AuditSeal
from ceting.foundation.core.ciphers import keyed_hash


class CutTrailError(Exception):
    """The trail doesn't reach its anchor any more, or carries another digest there."""

    def __init__(self, position: int) -> None:
        super().__init__(f"the anchor at seal {position} doesn't hold")
        self.position = position


@dataclass(frozen=True)
class Anchor:
    """Position and digest of a seal."""

    position: int
    digest: str

    @property
    def proof(self) -> str:
        return keyed_hash(f"anchor:{self.position}:{self.digest}")


def newest() -> Anchor | None:
    """What the table says now."""
    seal = AuditSeal.objects.order_by("-position").first()
    return Anchor(seal.position, seal.digest) if seal else None


def keep(home: Path, anchor: Anchor | None) -> None:
    """Move the anchor forward; None takes it away (an empty trail was restored)."""
    if anchor is None:
        marks.remove(home, marks.TRAIL)
    else:
        marks.leave(home, marks.TRAIL, position=anchor.position, digest=anchor.digest, proof=anchor.proof)


def keep_newest(home: Path) -> None:
    """After sealing. Never backwards: then the trail was cut, and the old anchor is the evidence."""
    found, held = newest(), kept(home)
    if found is not None and (held is None or found.position > held.position):
        if held is not None:
            check(held)
        keep(home, found)


def kept(home: Path) -> Anchor | None:
    """The anchor in the file. Raises CutTrailError for one that somebody wrote without the key."""
    mark = marks.find(home, marks.TRAIL)
    if mark is None:
        return None
    anchor = Anchor(int(mark["position"]), str(mark["digest"]))
    if not hmac.compare_digest(anchor.proof, str(mark.get("proof", ""))):
        raise CutTrailError(anchor.position)
    return anchor


def check(anchor: Anchor) -> None:
    """Raise CutTrailError unless the table holds exactly this seal."""
    if not AuditSeal.objects.filter(position=anchor.position, digest=anchor.digest).exists():
        raise CutTrailError(anchor.position)
