"""scripts/bench says what this is, and calls it."""

import argparse
import importlib
import json
import pathlib
import sys
import tempfile

import machine
import markdown
import svg
import table
import words
from bench import Bench
from play import play
from process import Failed

families = {
    "startup": "start-up beside lua5.4",
    "call": "a script with one API call beside Python with requests and httpx",
    "boundary": "calls from Lua into Swift beside calls into C; a thousand hosts",
    "json": "JSON into tables and back beside lua-cjson",
    "calls": "API calls a second, 1 and 32 in flight, beside aiohttp and wrk",
    "upload": "a million codes, and ten, from CSV beside Python with requests and aiohttp",
    "csv": "CSV to rows beside Python's csv",
    "steps": "durable steps beside SQLite's own commits",
    "postgres": "steps, tokens and queue in PostgreSQL beside the same statements by libpq; a fleet of workers",
    "lua": "pure Lua with limits on beside lua5.4",
}
"""In the order of the report."""


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", add_help=False)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--svg", type=pathlib.Path)
    parser.add_argument("--markdown", nargs=2, type=pathlib.Path, metavar=("JSON", "DOCUMENT"))
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--c8run", type=pathlib.Path)
    parser.add_argument("--boundary", type=pathlib.Path)
    parser.add_argument("--store", type=pathlib.Path)
    options = parser.parse_args()
    for name in options.only:
        if name not in families:
            parser.error(f"there is no {name}; the names are {', '.join(families)}")
    if options.runs is not None and options.runs < 1:
        parser.error("--runs needs a number of 1 or more")
    return options


pages = {"postgres": "scaling.md"}
"""Which page beside the document has a family's figures, too."""


def write_markdown(source, document):
    results = json.loads(source.read_text())
    document.write_text(markdown.placed(document.read_text(), results))
    for family, name in pages.items():
        page = document.parent / name
        if page.exists():
            page.write_text(markdown.placed_family(page.read_text(), results, family))
    chart = document.parent / "performance.svg"
    chart.write_text(svg.svg(results))
    print(f"{document} and {chart} have the figures of {results['date']}")


def measure(options, bench, runs):
    """All rows, and whether each contest was carried out with the same work on all sides."""
    rows, whole = [], True
    for family in options.only or families:
        print(f"{family} ", end="", file=sys.stderr, flush=True)
        try:
            for contest in importlib.import_module(f"families.{family}").contests(bench):
                try:
                    rows += play(contest, runs)
                # A program that prints something unexpected, too: the other figures are still to be had.
                except (Failed, OSError, ValueError) as problem:
                    whole = False
                    print(f"\nbench: {contest.figures[0].name}: {problem}", file=sys.stderr)
        except (Failed, OSError, ValueError) as problem:
            whole = False
            print(f"\nbench: {family}: {problem}", file=sys.stderr)
        print(file=sys.stderr)
    return rows, whole


def main():
    options = arguments()
    if options.list:
        print("\n".join(f"{name:<10} {text}" for name, text in families.items()))
        return 0
    if options.markdown:
        write_markdown(*options.markdown)
        return 0
    runs = options.runs or (3 if options.quick else 7)
    results = machine.describe(options.c8run, sys.executable, runs, options.root)
    with tempfile.TemporaryDirectory(prefix="c8run-bench-") as folder:
        bench = Bench(
            options.c8run, sys.executable, pathlib.Path(folder), options.root, options.quick, options.boundary,
            options.store)
        try:
            results["rows"], whole = measure(options, bench, runs)
        finally:
            bench.stop()
    print(table.about(results))
    print(table.table(results["rows"]))
    print(words.summary(results["rows"]))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    if options.svg:
        options.svg.write_text(svg.svg(results))
    missed = any(row["goal"] is not None and not row["goal"]["met"] for row in results["rows"])
    return 1 if not whole or (options.strict and missed) else 0


sys.exit(main())
