"""The process behind `ceting work`: django-q's cluster, with the house's own routines on its schedule."""

import os
import sys

from django.core.management import call_command
from django.db import connections
from django.utils.module_loading import import_string

from ceting.config import environment, readiness


def main() -> int:
    """Runs until SIGTERM; 1 with a sentence when the installation isn't ready."""
    # Before the settings are read: the cluster forks.
    os.environ[environment.POOL_SWITCH] = "off"
    os.umask(0o077)
    try:
        readiness.set_up()
        readiness.check()
    except readiness.NotReadyError as error:
        print(f"Pekerjaan latar tidak dijalankan. {error}", file=sys.stderr)
        return 1
    # By name: it is made of models, which can't be imported before set_up().
    import_string("ceting.config.housekeeping.schedule")()
    # The cluster forks; a connection must not be shared with a child.
    connections.close_all()
    call_command("qcluster")
    return 0


if __name__ == "__main__":
    sys.exit(main())
