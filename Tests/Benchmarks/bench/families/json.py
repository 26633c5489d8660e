"""JSON from text to tables and back."""

from bench import programs
from contest import Contest, Figure, Sample, at_least

works = {
    "envelopes": "envelopes of 0.4 KiB", "records": "2 MB of records with ids of 19 digits",
    "codes": "an array of 60,000 codes", "deep": "100 levels of nesting", "chinese": "1 MB of Chinese text",
}


def contests(bench):
    rounds = 3 if bench.quick else 6

    def sample(name, way, *command):
        def taken():
            seconds, work = bench.run(*command, programs / "json/json.lua", name, way, rounds).output.split()
            return Sample({"cpu": float(seconds)}, work)
        return taken

    for name, words in works.items():
        for way in ("decode", "encode"):
            yield Contest(
                "json", {"c8run": sample(name, way, bench.c8run), "lua-cjson": sample(name, way, "lua5.4")},
                [Figure(
                    f"json-{name}-{way}", f"JSON {way}, {words}", "speed", "cpu", "ms", at_least(1.5), peer="lua-cjson",
                    scale=1000)])
