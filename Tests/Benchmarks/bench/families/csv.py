"""Tables of text, row by row."""

from bench import programs
from contest import Contest, Figure, Sample, at_least

rows = 200_000


def contests(bench):
    def file():
        def make(path):
            with open(path, "w") as table:
                table.write("orderNo,productCode,quantity,dealer,remark\n")
                for number in range(rows):
                    remark = f'"box {number % 7}, ""red"""' if number % 20 == 0 else f"box {number % 7}"
                    table.write(f"PO-{number},SKU-{number % 900},{number % 1000},dealer {number % 50},{remark}\n")
        return bench.made("rows.csv", make)

    def sample(run):
        def taken():
            seconds, work = run().output.split()
            return Sample({"cpu": float(seconds)}, work)
        return taken

    for way, words, peer in (("list", "lists", "csv.reader"), ("named", "tables by name", "csv.DictReader")):
        yield Contest(
            "csv", {
                "c8run": sample(lambda way=way: bench.script(
                    programs / "csv/rows.lua", file(), way, options=[f"--allow-read={file()}"])),
                peer: sample(lambda way=way: bench.run(bench.python, programs / "csv/rows.py", file(), way)),
            }, [Figure(
                f"csv-{way}", f"CSV to {words}, {rows // 1000},000 rows of 5 fields", "speed", "cpu", "ms", at_least(5),
                peer=peer, scale=1000)])
