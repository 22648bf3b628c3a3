"""`python -m ceting.survey FILE`."""

import argparse
import sys

from ceting.survey.command import add_arguments, run


def main() -> int:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="ceting survey")
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
