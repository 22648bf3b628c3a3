"""What the care of children puts into the list of who is due at a posyandu."""

from ceting.care.child_health.due import groups
from ceting.registry.families.due_list import DueSource, contribute

contribute(DueSource("child_health", 20, "child_health.read", groups))
