"""`ceting demo-data`: the demo's database, files and people. Quick when all is there; `ceting demo` calls it."""

import argparse
import sys
from pathlib import Path

from django.utils.module_loading import import_string

from ceting.config import keys, readiness
from ceting.config.commands import migrate
from ceting.config.commands.demo_home import settle
from ceting.demo.plan import DemoPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, default=Path("var/demo"), help="folder data contoh (var/demo)")
    parser.add_argument("--families", type=int, default=600, help="jumlah keluarga contoh (600)")
    parser.add_argument("--posyandu", type=int, default=12, help="jumlah posyandu contoh, 2-20 (12)")
    parser.add_argument("--months", type=int, default=24, help="bulan penimbangan ke belakang, 1-60 (24)")
    parser.add_argument(
        "--seed", type=int, default=2019, help="angka awal: sama angkanya, sama datanya (2019)"
    )


def run(args: argparse.Namespace) -> int:
    """0 when the demo is ready to be served; 2 with a sentence for impossible sizes or a real database."""
    try:
        plan = DemoPlan(families=args.families, posyandu=args.posyandu, months=args.months, seed=args.seed)
    except ValueError:
        print("Demo paling sedikit 1 keluarga, 2-20 posyandu dan 1-60 bulan.", file=sys.stderr)
        return 2
    try:
        settle(args.home)
        readiness.set_up()
        migrate.bring_up_to_date()
        # By name: it is made of models, which can't be imported before set_up().
        import_string("ceting.demo.command.prepare")(plan)
    except (RuntimeError, keys.KeyFileError, readiness.NotReadyError) as error:
        print(f"Demo tidak disiapkan. {error}", file=sys.stderr)
        return 2
    return 0
