"""How contests are played."""

import contextlib
import io
import unittest

from contest import Contest, Figure, Sample, at_least
from play import play
from process import Failed
from tests.results import rows


class PlayTests(unittest.TestCase):
    def played(self, contest, runs=3):
        with contextlib.redirect_stderr(io.StringIO()):
            return play(contest, runs)

    def contest(self, theirs=1, before=None, compares=True):
        order = []

        def side(name, work):
            def sample():
                order.append(name)
                return Sample({"wall": float(len(order))}, work)
            return sample
        sides = {"c8run": side("c8run", 1), "peer": side("peer", theirs)}
        figure = Figure("name", "work", "speed", "wall", "s", at_least(1), peer="peer")
        return order, Contest("family", sides, [figure], compares=compares, before=before)

    def test_sides_take_turns_in_going_first(self):
        order, contest = self.contest()
        self.played(contest)
        self.assertEqual(order, ["c8run", "peer", "peer", "c8run", "c8run", "peer"])

    def test_other_work_is_a_failure(self):
        with self.assertRaisesRegex(Failed, "did not do the same: c8run 1, peer 2"):
            self.played(self.contest(theirs=2)[1])

    def test_other_amounts_may_be_compared_where_that_is_the_question(self):
        self.assertEqual(len(self.played(self.contest(theirs=2, compares=False)[1])), 1)

    def test_a_check_comes_before_the_first_run(self):
        def check():
            raise Failed("no")
        order, contest = self.contest(before=check)
        with self.assertRaisesRegex(Failed, "no"):
            self.played(contest)
        self.assertEqual(order, [])

    def test_ratios_are_of_pairs_and_goals_of_their_median(self):
        fast, slow, memory, told = rows()
        self.assertEqual(fast["ratio"]["median"], 20)
        self.assertEqual((fast["ratio"]["min"], fast["ratio"]["max"]), (10, 30))
        self.assertTrue(fast["goal"]["met"])
        self.assertEqual(slow["ratio"]["median"], 3)
        self.assertFalse(slow["goal"]["met"])
        self.assertEqual((memory["ratio"]["median"], memory["peer"], memory["goal"]["met"]), (35, None, True))
        self.assertIsNone(told["goal"])

    def test_a_rate_is_ours_over_the_peers(self):
        figure = Figure("rate", "work", "speed", "rate", "1/s", peer="peer")
        self.assertEqual(figure.ratio({"c8run": Sample({"rate": 8}, 1), "peer": Sample({"rate": 2}, 1)}), 4)
