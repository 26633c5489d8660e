"""What the sandbox costs a script that only computes."""

from bench import programs
from contest import Contest, Figure, Sample, at_most

limits = ["--timeout", "600", "--max-memory", "512MiB", "--allow-read=/tmp"]


def contests(bench):
    def sample(run):
        def taken():
            ended = run()
            return Sample({"cpu": ended.cpu}, ended.output)
        return taken

    for path in sorted((programs / "lua").glob("*.lua")):
        yield Contest(
            "lua", {
                "c8run": sample(lambda path=path: bench.script(path, options=limits)),
                "lua5.4": sample(lambda path=path: bench.run("lua5.4", path)),
            }, [Figure(
                f"lua-{path.stem}", f"pure Lua with limits on, {path.stem}", "cost", "cpu", "ms", at_most(1.05),
                peer="lua5.4", scale=1000)])
