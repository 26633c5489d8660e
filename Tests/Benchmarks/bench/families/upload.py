"""Codes from a table to the platform."""

from bench import programs
from contest import Contest, Figure, Sample, at_least, at_most
from process import Failed

operation = "production.offline.upload_codes"
batch = 1000
million, millions = 1_000_000, 10_000_000


def contests(bench):
    def ours(effect, *arguments):
        def run(count, path="/upload"):
            options, environment = bench.platform({operation: (path, effect)})
            file = bench.codes(count)
            return bench.script(
                programs / "upload/upload.lua", file, *arguments, options=[*options, f"--allow-read={file}"],
                environment=environment)
        return run

    def python(program):
        return lambda count, path="/upload": bench.run(
            bench.python, programs / f"upload/{program}.py", bench.nginx.base, bench.codes(count), path,
            environment={"C8_ACCESS_KEY": "benchmark", "C8_SECRET_KEY": "benchmark"})

    sides = {
        "idempotent": ours("idempotent"), "write": ours("write"), "resumable": ours("idempotent", "bench"),
        "requests": python("with_requests"), "aiohttp": python("with_aiohttp"),
    }

    def sample(name, count):
        def taken():
            bench.codes(count)
            before = bench.nginx.cpu()
            ended = sides[name](count)
            lengths = bench.nginx.take("lengths")
            return Sample(
                {"wall": ended.wall, "cpu": ended.cpu, "rss": ended.rss, "answerer": bench.nginx.cpu() - before},
                (len(lengths), sum(map(int, lengths))))
        return taken

    def check(count=10_500):
        bodies = {}
        for name, run in sides.items():
            run(count, "/shown")
            # Whatever their order.
            bodies[name] = sorted(bench.nginx.take("bodies"))
            if bodies[name] != bodies["idempotent"] or len(bodies[name]) != -(-count // batch):
                raise Failed(f"{name} sends other bodies than c8run")

    def speed(name, count, words, measure, peer, goal):
        return Figure(
            f"upload-{name}-{words}-{peer}-{measure}".replace(" ", "-"),
            f"{count:,} codes from CSV, {name}, {'CPU' if measure == 'cpu' else measure}", "speed", measure, "s", goal,
            ours=name, peer=peer)

    def memory(name, count, words):
        return Figure(
            f"upload-{name}-{words}-memory", f"{count:,} codes from CSV, {name}, memory", "alone", "rss", "MiB", at_most(64),
            ours=name)

    own = ("idempotent", "write", "resumable")
    yield Contest(
        "upload", {name: sample(name, million) for name in sides}, [
            *(speed(name, million, "1M", "wall", peer, at_least(10)) for name in own for peer in ("requests", "aiohttp")),
            *(speed(name, million, "1M", "cpu", "requests", None) for name in own),
            *(memory(name, million, "1M") for name in own),
        ], before=check)
    if bench.quick:
        return
    name = "idempotent"
    yield Contest(
        "upload", {side: sample(side, millions) for side in (name, "requests", "aiohttp")}, [
            *(speed(name, millions, "10M", "wall", peer, at_least(10)) for peer in ("requests", "aiohttp")),
            memory(name, millions, "10M"),
        ])
    yield Contest(
        "upload", {"large": sample(name, millions), "small": sample(name, million)}, [
            Figure(
                "upload-flat", f"memory of {millions:,} codes beside {million:,}", "cost", "rss", "MiB", at_most(1.25),
                ours="large", peer="small"),
        ], compares=False)
