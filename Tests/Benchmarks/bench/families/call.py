"""A whole script that makes one call, with a token at hand: what a cron job is."""

import json

from bench import programs
from contest import Contest, Figure, Sample, at_least
from process import Failed

runs_each = 5
operation = "production.orders.create"


def contests(bench):
    state, token = bench.folder / "call-state", bench.folder / "call-token.json"

    def ours(path="/call"):
        options, environment = bench.platform({operation: (path, "idempotent")})
        return bench.script(
            programs / "call/one.lua", options=options, state=state, environment=environment)

    def python(program, path="/call"):
        return bench.run(bench.python, programs / f"call/{program}.py", bench.nginx.base, path, token)

    def sample(run):
        def taken():
            ended = [run() for _ in range(runs_each)]
            return Sample(
                {key: sum(getattr(each, key) for each in ended) / runs_each for key in ("wall", "cpu")},
                {each.output for each in ended})
        return taken

    def check():
        # Also makes the tokens that the runs find.
        bodies = {}
        for name, run in (("c8run", ours), ("requests", lambda path: python("with_requests", path)),
                          ("httpx", lambda path: python("with_httpx", path))):
            run("/shown")
            bodies[name] = [json.loads(line) for line in bench.nginx.take("bodies")]
            if bodies[name] != bodies["c8run"] or len(bodies[name]) != 1:
                raise Failed(f"{name} sent {bodies[name]}, c8run {bodies['c8run']}")

    def figure(measure, word, peer, goal=None):
        return Figure(
            f"call-{peer}-{measure}", f"script with one API call, token at hand, {word}", "speed", measure, "ms", goal,
            peer=peer, scale=1000)

    yield Contest(
        "call", {
            "c8run": sample(ours), "requests": sample(lambda: python("with_requests")),
            "httpx": sample(lambda: python("with_httpx")),
        }, [
            figure("wall", "wall", "requests", at_least(10)), figure("cpu", "CPU", "requests", at_least(10)),
            figure("wall", "wall", "httpx"), figure("cpu", "CPU", "httpx"),
        ], before=check)
