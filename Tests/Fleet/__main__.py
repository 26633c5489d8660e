"""scripts/prove-fleet says what this is, and calls it."""

import argparse
import importlib
import os
import pathlib
import random
import shutil
import sys
import tempfile

from database import Database
from machines import Fleet

proofs = {"calls": ("calls", 100), "flows": ("flows", 150), "queue": ("jobs", 150)}
"""By name: the module, and the seconds that it lasts unless said."""


def main():
    parser = argparse.ArgumentParser(prog="scripts/prove-fleet", add_help=False)
    parser.add_argument("--c8run", type=pathlib.Path, required=True)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    names = [word for word in options.words if word in proofs] or ["calls"]
    others = [word for word in options.words if word not in proofs]
    if len(others) > 1 or not all(word.isdigit() for word in others):
        parser.error("see --help")
    if os.geteuid() != 0:
        print("prove-fleet: networks of its own need root", file=sys.stderr)
        return 69
    seed = int(os.environ.get("SEED") or random.randrange(1 << 32))
    random.seed(seed)
    print(f"seed {seed}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="c8run-fleet-"))
    folder.chmod(0o755)
    wrong, fleet, database = [], None, None
    try:
        fleet = Fleet(4)
        database = Database(fleet.hub, folder / "database")
        for name in names:
            module, seconds = proofs[name]
            seconds = int(others[0]) if others else seconds
            wrong += importlib.import_module(module).prove(fleet, database, options.c8run, folder, seconds)
    finally:
        if database:
            database.stop()
        if fleet:
            fleet.stop()
        if keep := os.environ.get("KEEP"):
            shutil.copytree(folder, keep, dirs_exist_ok=True, ignore=shutil.ignore_patterns("data", ".s.*"))
        shutil.rmtree(folder)
    for problem in wrong[:20]:
        print(f"violation: {problem}")
    print(f"violations {len(wrong)}")
    return 1 if wrong else 0


sys.exit(main())
