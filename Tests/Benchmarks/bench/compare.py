"""compare.py RUNS FIRST SECOND PROGRAM…: two binaries of c8run beside each other; scripts/bench-compare says what."""

import pathlib
import sys
import tempfile

import table
from bench import Bench
from contest import Contest, Figure, Sample
from play import play
from process import Failed

starts = 20
limits = ["--timeout", "600", "--max-memory", "512MiB"]


def contest(program, binaries, folder):
    """The processor time of one program on both."""
    def sample(binary):
        bench = Bench(binary, sys.executable, folder, None, True)

        def taken():
            if program == "start":
                ended = [bench.run(binary, "-e", "") for _ in range(starts)]
            else:
                ended = [bench.script(pathlib.Path(program).resolve(), options=limits)]
            return Sample({"cpu": sum(run.cpu for run in ended) / len(ended)}, {run.output for run in ended})
        return taken

    name = "start, -e ''" if program == "start" else pathlib.Path(program).stem
    return Contest("compare", {"second": sample(binaries[1]), "first": sample(binaries[0])}, [
        Figure(name, name, "cost", "cpu", "ms", ours="second", peer="first", scale=1000)])


def main():
    runs, binaries = int(sys.argv[1]), [pathlib.Path(path) for path in sys.argv[2:4]]
    rows, whole = [], True
    with tempfile.TemporaryDirectory(prefix="c8run-compare-") as folder:
        for program in sys.argv[4:]:
            try:
                rows += play(contest(program, binaries, pathlib.Path(folder)), runs)
            except Failed as problem:
                whole = False
                print(f"\nbench-compare: {program}: {problem}", file=sys.stderr)
    print(file=sys.stderr)
    print(table.table(rows))
    return 0 if whole else 1


sys.exit(main())
