"""Plays a contest: each run has every side once, in turn."""

import statistics
import sys

from contest import Contest
from process import Failed


def play(contest: Contest, runs: int):
    """The rows of a contest.

    Raises Failed where a side fails, or has done something else than the others.
    """
    if contest.before:
        contest.before()
    samples = []
    names = list(contest.sides)
    for run in range(runs):
        # Now one goes first, now the other: what the first leaves warm is the second's gain.
        order = names if run % 2 == 0 else names[::-1]
        taken = {name: contest.sides[name]() for name in order}
        if contest.compares:
            compare({name: taken[name].work for name in names})
        samples.append(taken)
        print(".", end="", file=sys.stderr, flush=True)
    return [row(contest.family, figure, samples) for figure in contest.figures]


def compare(works):
    """Raises Failed unless all have done the same work."""
    first, *others = works
    for other in others:
        if works[other] != works[first]:
            raise Failed(f"they did not do the same: {first} {brief(works[first])}, {other} {brief(works[other])}")


def brief(work):
    text = str(work)
    return text if len(text) <= 200 else text[:200] + "…"


def row(family, figure, samples):
    """What the reports are made of; plain values, as they stand in the JSON."""
    ratios = [figure.ratio(taken) for taken in samples]
    middle = statistics.median(ratios)
    goal = figure.goal
    return {
        "name": figure.name, "family": family, "work": figure.work, "kind": figure.kind, "measure": figure.measure,
        "unit": figure.unit, "ours": side(figure, figure.ours, samples), "peer": side(figure, figure.peer, samples),
        "ratio": {"median": middle, "min": min(ratios), "max": max(ratios), "runs": ratios},
        "goal": None if goal is None else {"limit": goal.limit, "least": goal.least, "met": goal.is_met(middle)},
    }


def side(figure, name, samples):
    if name is None:
        return None
    values = [taken[name].values[figure.measure] * figure.scale for taken in samples]
    return {"name": name, "median": statistics.median(values), "min": min(values), "max": max(values), "runs": values}
