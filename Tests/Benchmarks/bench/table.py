"""The report on a terminal."""

import words


def table(rows):
    """Columns of the width of their widest cell."""
    lines = [words.headings, *(words.cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(words.headings))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def about(facts):
    """Machine, date and versions, in two lines."""
    versions = ", ".join(f"{name} {version.removeprefix('c8run ')}" for name, version in facts["versions"].items() if version)
    return (
        f"{facts['machine']}, {facts['system']}; {facts['date']}, load {facts['load']:.2f}, {facts['runs']} runs each\n"
        f"{versions}")
