"""A process that makes calls, and what it told of them."""

import dataclasses
import subprocess


@dataclasses.dataclass
class Call:
    time: float
    """When it had ended, in seconds since 1970."""
    seconds: float
    problem: str | None


class Worker:
    """One process of a machine, which takes the place of another where that has been killed."""

    count = 0

    def __init__(self, fleet, machine, command, environment, folder, previous=None):
        Worker.count += 1
        self.name, self.machine, self.is_killed = f"worker-{Worker.count}", machine, False
        self.done = previous.done if previous else 0
        self._output = folder / f"{self.name}.calls"
        self.log = folder / f"{self.name}.log"
        words = [str(self.done) if word == "DONE" else word for word in command]
        with open(self._output, "wb") as out, open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                fleet.machines[machine].command(*words), stdin=subprocess.DEVNULL, stdout=out, stderr=log,
                env={**environment, "HOME": str(folder), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}, cwd=folder)

    def kill(self):
        self.is_killed = True
        self.process.kill()

    def calls(self):
        """All that it told; sets what is done."""
        found = []
        for line in self._output.read_text().splitlines():
            kind, time, seconds, rest = line.split(" ", 3)
            if kind == "done":
                self.done = int(rest)
            found.append(Call(float(time), float(seconds), rest if kind == "failed" else None))
        return found
