"""What was given to children, asked about them and found; a table of contents."""

from ceting.care.child_health.models.entries import Entry, EntryQuerySet, Kind, Place, Strike
from ceting.care.child_health.models.given import Immunisation

__all__ = ["Entry", "EntryQuerySet", "Immunisation", "Kind", "Place", "Strike"]
