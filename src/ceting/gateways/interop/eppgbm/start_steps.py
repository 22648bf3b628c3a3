"""What the import adds to the steps of a new puskesmas."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from ceting.foundation.core.models import JobState
from ceting.gateways.interop.eppgbm.kind import PERMISSION
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.registry.office.steps import ManyPuskesmas, Progress, State, Step, contribute


def _imported(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    files = ImportFile.objects.filter(puskesmas__in=many, refusal="", withdrawal=None).order_by()
    rows = (
        files.values("puskesmas")
        .annotate(uploaded=Count("pk"), taken=Count("pk", filter=Q(run__job__state=JobState.DONE)))
        .values_list("puskesmas", "uploaded", "taken")
    )
    found = {}
    for puskesmas_id, uploaded, taken in rows:
        if taken:
            found[puskesmas_id] = Progress(State.DONE, f"{taken} berkas selesai diimpor")
        else:
            found[puskesmas_id] = Progress(State.BEGUN, f"{uploaded} berkas diunggah, belum diimpor")
    return found


contribute(
    Step(
        "impor", 70, "Impor data anak",
        "Anak yang sudah ada di e-PPGBM tidak perlu diketik lagi, dan grafiknya langsung terisi.",
        5, "Impor data", "upload", PERMISSION, "Bidan, petugas gizi atau dokter",
        lambda _: reverse("eppgbm:imports"), _imported,
    ),
)  # fmt: skip
