"""Figures as people read them."""


def number(value):
    """Three digits that count: 0.45, 12.3, 1,230."""
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 0.1 else f"{value:.3f}"


def side(row, which):
    """What one side took, in the row's unit; its name where there is one to tell."""
    taken = row[which]
    return "" if taken is None else f"{taken['name']} {number(taken['median'])} {row['unit']}"


def ratio(row):
    """Median, least and most of the figure."""
    if row["ratio"] is None:
        return ""
    figures = row["ratio"]
    unit = f" {row['unit']}" if row["kind"] == "alone" else "×"
    return f"{number(figures['median'])}{unit} ({number(figures['min'])}–{number(figures['max'])})"


def goal(row):
    """The limit: `≥ 10×`, `≤ 64 MiB`."""
    if row["goal"] is None:
        return ""
    unit = f" {row['unit']}" if row["kind"] == "alone" else "×"
    return f"{'≥' if row['goal']['least'] else '≤'} {row['goal']['limit']:g}{unit}"


def verdict(row, yes="yes", no="no"):
    if row["ratio"] is None:
        return "not measured"
    if row["goal"] is None:
        return ""
    return yes if row["goal"]["met"] else no


headings = ["work", "ours", "peer", "ratio: median (min–max)", "goal", "met"]


def cells(row):
    return [row["work"], side(row, "ours"), side(row, "peer"), ratio(row), goal(row), verdict(row)]


def summary(rows):
    """How many goals were met."""
    judged = [row for row in rows if row["goal"] is not None and row["ratio"] is not None]
    met = sum(row["goal"]["met"] for row in judged)
    return f"{met} of {len(judged)} goals met"
