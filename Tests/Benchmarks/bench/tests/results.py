"""Figures as a run leaves them, for the reports' tests."""

from contest import Figure, Sample, at_least, at_most
from play import row


def rows():
    """One goal that is met, one that is missed, one figure without a peer and one without a goal."""
    def samples(ours, peer):
        return [
            {"c8run": Sample({"cpu": own}, 1), "peer": Sample({"cpu": other}, 1)} for own, other in zip(ours, peer)]

    return [
        row("a", Figure("fast", "fast work", "speed", "cpu", "ms", at_least(10), peer="peer", scale=1000),
            samples([0.1, 0.1, 0.1], [1.0, 2.0, 3.0])),
        row("a", Figure("slow", "slow <work>", "cost", "cpu", "ms", at_most(1.5), peer="peer", scale=1000),
            samples([4.0, 2.0, 3.0], [1.0, 1.0, 1.0])),
        row("b", Figure("memory", "memory", "alone", "cpu", "MiB", at_most(64)), samples([30, 40, 35], [1, 1, 1])),
        row("b", Figure("told", "told | only", "cost", "cpu", "s", peer="peer"), samples([1, 1, 1], [1, 1, 1])),
    ]


def results():
    return {
        "machine": "2 × a & b", "system": "Debian", "date": "2026-11-26", "runs": 3, "load": 0.5, "commit": "abc",
        "versions": {"c8run": "c8run 0.1.0", "wrk": ""}, "rows": rows(),
    }
