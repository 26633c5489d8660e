"""Durable steps beside the same rows by the same SQLite."""

import contextlib
import sqlite3

from bench import programs
from contest import Contest, Figure, Sample, at_most

count = 2000


def contests(bench):
    def sample(run):
        def taken():
            folder = bench.fresh()
            folder.mkdir()
            wall, cpu = run(folder).output.split()
            return Sample({"wall": float(wall) / count, "cpu": float(cpu) / count}, rows(folder))
        return taken

    def ours(folder):
        return bench.script(programs / "steps/steps.lua", count, state=folder)

    def peer(folder):
        return bench.run(bench.compiled(programs / "steps/steps.c", "sqlite3"), folder / "state.sqlite", count)

    yield Contest(
        "steps", {"c8run": sample(ours), "sqlite": sample(peer)}, [
            Figure(
                f"step-{measure}", f"durable step, two commits, {word}", "cost", measure, "µs", goal, peer="sqlite",
                scale=1e6)
            for measure, word, goal in (("wall", "wall", at_most(1.5)), ("cpu", "CPU", None))
        ])


def rows(folder):
    """What the journal of either says of the steps."""
    path = next(path for path in sorted(folder.iterdir()) if path.read_bytes()[:15] == b"SQLite format 3")
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT key, parent, position, state, writes, attempt, result FROM step ORDER BY number").fetchall()
