"""How many calls a second one script makes, over connections that are kept."""

import json
import re

from bench import programs
from contest import Contest, Figure, Sample, at_least
from process import Failed

operation = "production.orders.create"
accepted = 1000
"""What each answer says."""


def contests(bench):
    state = bench.folder / "calls-state"

    def ours(count, width, path="/call"):
        options, environment = bench.platform({operation: (path, "idempotent")})
        return bench.script(
            programs / "calls/calls.lua", count, width, options=options, state=state, environment=environment)

    def aiohttp(count, width, path="/call"):
        return bench.run(bench.python, programs / "calls/with_aiohttp.py", bench.nginx.base + path, count, width)

    def sample(run, count, width):
        def taken():
            ended = run(count, width)
            seconds, total = ended.output.split()
            return Sample({"rate": count / float(seconds), "cpu": ended.cpu / count}, int(total) / count)
        return taken

    def wrk(width, seconds):
        def taken():
            said = bench.run(
                "wrk", "-t1", f"-c{width}", f"-d{seconds}s", "-s", programs / "calls/post.lua",
                bench.nginx.base + "/call").output
            if "Socket errors" in said or "Non-2xx" in said:
                raise Failed(f"wrk: {said}")
            rate = re.search(r"Requests/sec:\s*([0-9.]+)", said)
            if rate is None:
                raise Failed(f"wrk does not tell its rate: {said}")
            return Sample({"rate": float(rate[1])}, float(accepted))
        return taken

    def check():
        bodies = {}
        for run in (ours, aiohttp):
            run(10, 4, "/shown")
            bodies[run.__name__] = [json.loads(line) for line in bench.nginx.take("bodies")]
        if bodies["ours"] != bodies["aiohttp"] or len(bodies["ours"]) != 10:
            raise Failed(f"they send other bodies: {bodies}")

    for width, ours_count, aiohttp_count in ((1, 10_000, 3000), (32, 30_000, 10_000)):
        if bench.quick:
            ours_count, aiohttp_count = ours_count // 2, aiohttp_count // 2
        work = f"API calls, {width} in flight"
        yield Contest(
            "calls", {
                "c8run": sample(ours, ours_count, width), "aiohttp": sample(aiohttp, aiohttp_count, width),
                "wrk": wrk(width, 1),
            }, [
                Figure(f"calls-{width}-aiohttp", work, "speed", "rate", "1/s", at_least(4), peer="aiohttp"),
                Figure(f"calls-{width}-wrk", work, "speed", "rate", "1/s", at_least(0.4), peer="wrk"),
                Figure(f"calls-{width}-cpu", f"{work}, CPU of a call", "speed", "cpu", "µs", None, peer="aiohttp", scale=1e6),
            ], before=check)
