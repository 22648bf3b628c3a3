"""WSGI entry point for granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


def keep_code_out_of_collections() -> None:
    """Load every page now, and hand what is loaded to gc.freeze().

    What never goes away needs no looking at: a full collection over the loaded code held up every twentieth page by
    80 ms (benchmarks/search.py, 175,000 children).
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ceting.config.settings")
application = get_wsgi_application()
keep_code_out_of_collections()
