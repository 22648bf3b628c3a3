"""Children and their weighings, through the e-PPGBM pipeline."""

from ceting.config.imports.pipeline import Pipeline
from ceting.gateways.interop.eppgbm import columns, operations, work
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.eppgbm.presenters import forecast, result


def _question(file: ImportFile) -> str:
    unsettled = any(not each.is_settled for each in file.places.all())
    if columns.missing(file.columns) or file.asks_year or unsettled:
        return (
            "Berkas ini perlu jawaban (posyandu, kolom, atau tahun) yang hanya bisa diberikan di layar: "
            "unggah lewat menu Impor."
        )
    return ""


PIPELINE = Pipeline(operations, work, ImportFile, forecast, result, _question, ("imports.run",))
