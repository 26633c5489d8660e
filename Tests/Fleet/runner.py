"""A process that runs a flow, or takes jobs from the queue."""

import signal
import subprocess
import time


class Runner:
    count = 0

    def __init__(self, fleet, machine, words, environment, folder):
        Runner.count += 1
        self.name, self.machine = f"runner-{Runner.count}", machine
        self._output, self._log = folder / f"{self.name}.out", folder / f"{self.name}.log"
        # By its name the database's record tells who wrote.
        environment = {**environment, "C8_STATE": f"{environment['C8_STATE']}&application_name={self.name}"}
        with open(self._output, "wb") as out, open(self._log, "wb") as log:
            self.process = subprocess.Popen(
                fleet.machines[machine].command(*words), stdin=subprocess.DEVNULL, stdout=out, stderr=log,
                env={**environment, "HOME": str(folder), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}, cwd=folder)
        self.wakes, self.is_killed = None, False

    @property
    def is_stopped(self):
        return self.wakes is not None

    def kill(self):
        self.is_killed = True
        self.process.kill()

    def stop(self, seconds):
        self.process.send_signal(signal.SIGSTOP)
        self.wakes = time.time() + seconds

    def wake(self):
        self.process.send_signal(signal.SIGCONT)
        self.wakes = None

    def output(self):
        return self._output.read_text().strip()

    def log(self):
        return self._log.read_text(errors="replace").strip()
