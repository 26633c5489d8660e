"""Calls across the boundary, in one process: from Lua into Swift, beside the same into C."""

from bench import programs
from contest import Contest, Figure, Sample, at_most

folder = programs / "boundary"
works = {
    "integer": ("Swift function, integer in and out", 2_000_000, 1.5),
    "string": ("Swift function, string in, integer out", 1_000_000, 2),
    "echo": ("Swift function, string in and out", 1_000_000, 2),
    "table": ("Swift function, table of 10 fields in", 300_000, 2),
    "struct": ("Swift function, Codable struct in", 100_000, 2),
}


def contests(bench):
    peer = bench.compiled(folder / "peer.c", "lua5.4")
    swift = bench.boundary

    def sample(program, name, count):
        def taken():
            seconds, work = bench.run(program, name, count, folder).output.split()
            return Sample({"cpu": float(seconds) / count}, work)
        return taken

    for name, (words, count, limit) in works.items():
        if bench.quick:
            count //= 4
        yield Contest(
            "boundary", {"c8run": sample(swift, name, count), "C": sample(peer, name, count)},
            [Figure(f"boundary-{name}", words, "cost", "cpu", "ns", at_most(limit), peer="C", scale=1e9)])

    count = 25_000 if bench.quick else 100_000
    yield Contest(
        "boundary", {"c8run": sample(swift, "await", count), "coroutine": sample(peer, "await", count)}, [
            Figure(
                "boundary-await", "async Swift function that returns at once", "cost", "cpu", "ns",
                at_most(10), peer="coroutine", scale=1e9),
            Figure(
                "boundary-await-time", "async Swift function that returns at once, time", "alone", "cpu", "ns", at_most(3000),
                scale=1e9),
        ])

    hosts = 1000

    def host(program):
        def taken():
            # Second, the bytes that they hold: a measure here, not a sign of what was done.
            seconds, held = bench.run(program, "hosts", hosts, folder).output.split()
            return Sample({"cpu": float(seconds), "memory": float(held) / 2**20}, hosts)
        return taken

    yield Contest("boundary", {"c8run": host(swift), "C": host(peer)}, [
        Figure("hosts-time", "1,000 hosts with the standard library, time", "cost", "cpu", "ms", at_most(2), peer="C", scale=1000),
        Figure("hosts-memory", "1,000 hosts with the standard library, memory", "cost", "memory", "MiB", at_most(2), peer="C"),
    ])
