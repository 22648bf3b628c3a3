"""Pregnant women, through the pipeline of their lists. Rows that ask who she is are left out and printed."""

from ceting.config.imports.pipeline import Pipeline
from ceting.gateways.interop.pregnant_women import operations, work
from ceting.gateways.interop.pregnant_women.columns import VOCABULARY
from ceting.gateways.interop.pregnant_women.models import RUN, WRITE, WomenFile
from ceting.gateways.interop.pregnant_women.presenters import forecast, result


def _question(file: WomenFile) -> str:
    if VOCABULARY.missing(file.columns) or any(not each.is_settled for each in file.places.all()):
        return (
            "Berkas ini perlu jawaban (posyandu atau kolom) yang hanya bisa diberikan di layar: "
            "unggah lewat menu Impor ibu hamil."
        )
    return ""


PIPELINE = Pipeline(operations, work, WomenFile, forecast, result, _question, (RUN, WRITE))
