"""The optional pyarrow, loaded only when a Parquet file asks for it: it costs 60 MB and half a second."""

import importlib
from typing import Any

from ceting.survey.errors import SurveyError


def arrow_module(name: str) -> Any:
    """The pyarrow module of that name. Raises SurveyError with the command that installs it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise SurveyError(
            "Untuk berkas Parquet perlu pyarrow, yang belum terpasang. Pasang dengan: "
            'uv pip install "ceting[survey]", atau simpan datanya sebagai CSV.'
        ) from None
