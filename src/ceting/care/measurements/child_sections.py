"""What weighing puts on a child's pages: the first of them."""

from django.urls import reverse

from ceting.registry.families.child_page import Section, contribute

contribute(
    Section(
        "growth",
        10,
        "Pertumbuhan",
        "children.read",
        lambda child: reverse("measurements:child", args=[child.pk]),
    )
)
