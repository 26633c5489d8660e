"""The report as a chart: one bar a figure, by how far it is from its goal, on a scale of powers of two."""

import math
from xml.sax.saxutils import escape

import words

row_height, left, width, right = 22, 430, 380, 190
most = 3
"""Powers of two to either side; what is farther away ends there."""

style = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-size: 16px; font-weight: 600 }
.faint { fill: #57606a; font-size: 12px }
.grid { stroke: #d0d7de }
.goal { stroke: #24292f; stroke-width: 1.5 }
.met { fill: #2da44e }
.missed { fill: #cf222e }
.range { stroke: #24292f; stroke-opacity: .55 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .faint { fill: #9198a1 } .grid { stroke: #3d444d } .goal, .range { stroke: #e6edf3 }
  .back { fill: #0d1117 }
}
""".strip()


def advantage(row, value):
    """How many powers of two a value is on the good side of the goal; below 0 on the other."""
    against = value / row["goal"]["limit"]
    if against <= 0:
        return float(most) if not row["goal"]["least"] else float(-most)
    power = math.log2(against if row["goal"]["least"] else 1 / against)
    return max(-most, min(most, power))


def place(power):
    return left + width * (power + most) / (2 * most)


def svg(results):
    """The whole file."""
    rows = [row for row in results["rows"] if row["goal"] is not None and row["ratio"] is not None]
    top = 74
    height = top + row_height * len(rows) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + right} {height}" role="img">',
        f"<title>c8run: {escape(words.summary(rows))}</title>", f"<style>{style}</style>",
        f'<rect class="back" width="100%" height="100%" fill="#ffffff"/>',
        f'<text class="title" x="12" y="26">c8run beside its peers: {escape(words.summary(rows))}</text>',
        f'<text class="faint" x="12" y="46">{escape(results["machine"])}, {escape(results["date"])}; '
        f"median of {results['runs']} runs, with least and most</text>",
    ]
    for power in range(-most, most + 1):
        name = "goal" if power == 0 else f"{2 ** abs(power)}× {'better' if power > 0 else 'short'}"
        kind = "goal" if power == 0 else "grid"
        parts.append(f'<line class="{kind}" x1="{place(power):.1f}" x2="{place(power):.1f}" y1="{top}" y2="{height - 28}"/>')
        parts.append(f'<text class="faint" x="{place(power):.1f}" y="{top - 8}" text-anchor="middle">{name}</text>')
    for index, row in enumerate(rows):
        parts += bar(row, top + row_height * index)
    return "\n".join([*parts, "</svg>", ""])


def bar(row, y):
    middle = y + row_height / 2
    figures = row["ratio"]
    end = place(advantage(row, figures["median"]))
    reach = sorted(place(advantage(row, figures[key])) for key in ("min", "max"))
    kind = "met" if row["goal"]["met"] else "missed"
    against = f" ({row['peer']['name']})" if row["peer"] else ""
    return [
        f'<text x="{left - 10}" y="{middle + 4.5}" text-anchor="end">{escape(row["work"].replace("`", "") + against)}</text>',
        f'<rect class="{kind}" x="{min(place(0), end):.1f}" y="{y + 4}" width="{max(abs(end - place(0)), 1):.1f}"'
        f' height="{row_height - 8}"/>',
        f'<line class="range" x1="{reach[0]:.1f}" x2="{reach[1]:.1f}" y1="{middle}" y2="{middle}"/>',
        f'<text class="faint" x="{left + width + 12}" y="{middle + 4.5}">'
        f"{escape(words.ratio(row).split(' (')[0])}, goal {escape(words.goal(row))}</text>",
    ]
