"""Table, Markdown and chart."""

import unittest
import xml.etree.ElementTree as xml

import markdown
import svg
import table
import words
from tests.results import results, rows

name = "{http://www.w3.org/2000/svg}"


class WordsTests(unittest.TestCase):
    def test_three_digits_count(self):
        for value, text in ((0, "0"), (0.0456, "0.046"), (0.456, "0.46"), (4.567, "4.57"), (45.67, "45.7"), (1234.5, "1,234")):
            self.assertEqual(words.number(value), text)

    def test_goals_have_their_direction_and_unit(self):
        self.assertEqual([words.goal(row) for row in rows()], ["≥ 10×", "≤ 1.5×", "≤ 64 MiB", ""])

    def test_summary_counts_goals_alone(self):
        self.assertEqual(words.summary(rows()), "2 of 3 goals met")


class TableTests(unittest.TestCase):
    def test_columns_begin_below_each_other(self):
        head, *lines = table.table(rows()).splitlines()
        for line in lines[:3]:
            self.assertIn(line[head.index("goal")], "≥≤")
        self.assertEqual(lines[0].split(), "fast work c8run 100 ms peer 2,000 ms 20.0× (10.0–30.0) ≥ 10× yes".split())

    def test_versions_that_are_not_known_are_left_out(self):
        self.assertTrue(table.about(results()).endswith("\nc8run 0.1.0"))


class MarkdownTests(unittest.TestCase):
    def test_figures_go_between_the_marks_and_nothing_else_changes(self):
        text = f"# Title\n\n{markdown.begin}\nearlier\n{markdown.end}\n\nrest\n"
        once = markdown.placed(text, results())
        self.assertTrue(once.startswith("# Title\n\n"))
        self.assertTrue(once.endswith("\n\nrest\n"))
        self.assertNotIn("earlier", once)
        self.assertIn("| told \\| only |", once)
        self.assertEqual(markdown.placed(once, results()), once)

    def test_a_document_without_marks_is_refused(self):
        for text in ("", markdown.begin, f"{markdown.end}{markdown.begin}"):
            with self.assertRaises(ValueError):
                markdown.placed(text, results())

    def test_a_page_has_one_familys_figures_and_stays_as_it_is_without_any(self):
        family = results()["rows"][0]["family"]
        text = f"head\n{markdown.begin_of(family)}\nearlier\n{markdown.end}\nrest\n"
        once = markdown.placed_family(text, results(), family)
        self.assertNotIn("earlier", once)
        self.assertIn("| fast work |", once)
        self.assertTrue(once.startswith("head\n") and once.endswith("\nrest\n"))
        self.assertEqual(markdown.placed_family(text, results(), "another"), text)


class ChartTests(unittest.TestCase):
    def setUp(self):
        self.text = svg.svg(results())
        self.image = xml.fromstring(self.text)

    def bars(self):
        return [mark for mark in self.image.iter(f"{name}rect") if mark.get("class") in ("met", "missed")]

    def test_each_goal_has_a_bar_by_whether_it_is_met(self):
        self.assertEqual([bar.get("class") for bar in self.bars()], ["met", "missed", "met"])

    def test_bars_grow_from_the_goal_to_the_side_that_they_are_on(self):
        goal = svg.place(0)
        met, missed, _ = self.bars()
        self.assertAlmostEqual(float(met.get("x")), goal, places=1)
        self.assertAlmostEqual(float(met.get("width")), svg.place(1) - goal, places=1)
        self.assertAlmostEqual(float(missed.get("x")), svg.place(-1), places=1)
        self.assertAlmostEqual(float(missed.get("width")), goal - svg.place(-1), places=1)

    def test_what_is_far_away_stays_on_the_chart(self):
        row = rows()[0]
        self.assertEqual((svg.advantage(row, 1e9), svg.advantage(row, 1e-9)), (svg.most, -svg.most))

    def test_text_is_escaped(self):
        self.assertIn("slow &lt;work&gt;", self.text)
        self.assertIn("2 × a &amp; b", self.text)
