"""The report as part of docs/performance.md, and a family's as part of another page, each between two marks that it leaves."""

import table
import words

begin, end = "<!-- figures: made by scripts/bench --markdown, not by hand -->", "<!-- end of the figures -->"


def begin_of(family):
    """The mark before the figures of one family."""
    return f"<!-- figures of {family}: made by scripts/bench --markdown, not by hand -->"


def lines_of(rows):
    """The table."""
    cells = [words.headings, ["---"] * len(words.headings)]
    cells += [[cell.replace("|", "\\|") for cell in words.cells(row)] for row in rows]
    return [f"| {' | '.join(row)} |" for row in cells]


def markdown(results):
    """The facts, the chart and the table."""
    return "\n".join([
        *table.about(results).split("\n"), "", "![Each figure beside its goal](performance.svg)", "",
        *lines_of(results["rows"]), "", f"{words.summary(results['rows'])}.",
    ])


def placed(text, results):
    """The document with the figures of these results between the marks.

    Raises ValueError where it has no such marks.
    """
    return between(text, begin, markdown(results))


def placed_family(text, results, family):
    """The document with one family's figures between its marks; as it is where they have none."""
    rows = [row for row in results["rows"] if row["family"] == family]
    if not rows:
        return text
    return between(text, begin_of(family), "\n".join([*table.about(results).split("\n"), "", *lines_of(rows)]))


def between(text, mark, content):
    if text.count(mark) != 1 or text.count(end) != 1 or text.index(end) < text.index(mark):
        raise ValueError(f"it needs one line '{mark}' and, below, one '{end}'")
    head, _, rest = text.partition(mark)
    return f"{head}{mark}\n\n{content}\n\n{end}{rest.partition(end)[2]}"
