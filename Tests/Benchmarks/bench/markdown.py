"""The report as part of docs/performance.md, between two marks that it leaves."""

import table
import words

begin, end = "<!-- figures: made by scripts/bench --markdown, not by hand -->", "<!-- end of the figures -->"


def markdown(results):
    """The facts, the chart and the table."""
    rows = [words.headings, ["---"] * len(words.headings)]
    rows += [[cell.replace("|", "\\|") for cell in words.cells(row)] for row in results["rows"]]
    lines = [
        *table.about(results).split("\n"), "", "![Each figure beside its goal](performance.svg)", "",
        *(f"| {' | '.join(row)} |" for row in rows), "", f"{words.summary(results['rows'])}.",
    ]
    return "\n".join(lines)


def placed(text, results):
    """The document with the figures of these results between the marks.

    Raises ValueError where it has no such marks.
    """
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(end) < text.index(begin):
        raise ValueError(f"it needs one line '{begin}' and, below, one '{end}'")
    head, _, rest = text.partition(begin)
    return f"{head}{begin}\n\n{markdown(results)}\n\n{end}{rest.partition(end)[2]}"
