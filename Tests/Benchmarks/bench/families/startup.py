"""How long it takes until a script could begin."""

from contest import Contest, Figure, Sample, at_most

starts = 20


def contests(bench):
    def starting(*command):
        def sample():
            runs = [bench.run(*command) for _ in range(starts)]
            return Sample(
                {"wall": sum(run.wall for run in runs) / starts, "cpu": sum(run.cpu for run in runs) / starts},
                {run.output for run in runs})
        return sample

    def figure(measure, name):
        return Figure(
            f"startup-{measure}", f"start-up, `-e ''`, {name}", "cost", measure, "ms", at_most(4), peer="lua5.4", scale=1000)

    yield Contest(
        "startup", {"c8run": starting(bench.c8run, "-e", ""), "lua5.4": starting("lua5.4", "-e", "")},
        [figure("wall", "wall"), figure("cpu", "CPU")])
