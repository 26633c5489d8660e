"""What is measured: one work, several sides that do it, and the figures that come of it."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass
class Sample:
    """One run of one side."""

    values: dict[str, float]
    """By measure: `wall` and `cpu` in seconds, `rss` in MiB, `rate` in a second."""
    work: object
    """What was done, comparable: all sides of a contest must have done the same."""


@dataclasses.dataclass
class Goal:
    """A limit for the median of a figure."""

    limit: float
    least: bool
    """Whether the figure is to reach it, rather than to stay below."""

    def is_met(self, value):
        return value >= self.limit if self.least else value <= self.limit


def at_least(limit):
    return Goal(limit, True)


def at_most(limit):
    return Goal(limit, False)


@dataclasses.dataclass
class Figure:
    """One line of the table."""

    name: str
    work: str
    """The work in words, for the reader."""
    kind: str
    """`cost`: ours over the peer's. `speed`: how many times as fast, the peer's time over ours, or our rate over the
    peer's. `alone`: ours by itself, without a peer."""
    measure: str
    unit: str
    goal: Goal | None = None
    ours: str = "c8run"
    peer: str | None = None
    scale: float = 1.0
    """By what a sample's value is multiplied to be in the unit."""

    def ratio(self, samples):
        """The figure of one run, in which each side has had its turn."""
        own = samples[self.ours].values[self.measure]
        if self.kind == "alone":
            return own * self.scale
        other = samples[self.peer].values[self.measure]
        if self.kind == "cost" or self.measure == "rate":
            return own / other
        return other / own


@dataclasses.dataclass
class Contest:
    """Sides that do the same work, in turn."""

    family: str
    sides: dict[str, Callable[[], Sample]]
    figures: list[Figure]
    compares: bool = True
    """Whether all sides must have done the same; not where one is measured beside another amount of its own work."""
    before: Callable[[], None] | None = None
    """A check that is too dear for every run; raises Failed."""
