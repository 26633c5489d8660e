"""Many processes on several machines share one key: their calls, and the platform's minute."""

import pathlib
import time

from database import password
from disturbances import Kills, Partitions, Restarts
from emulator import Emulator
from worker import Worker

processes, calls, interval = 16, 250, 2
rounds = {
    "undisturbed": {"ttl": 3, "disturbances": list},
    "killed processes and database restarts": {"ttl": 3, "disturbances": lambda: [Kills(1), Restarts(5, 40)]},
    # A token is renewed in the last tenth of its life, here from 54 seconds on.
    "the same, and machines cut off": {
        "ttl": 60, "disturbances": lambda: [Kills(1), Restarts(5, 40), Partitions(30, 6)]},
}
patience = 13.0
"""A process gives up on the database after ten seconds; a busy machine gets some more."""


class Round:
    """One emulator, one database and their processes, from beginning to end."""

    def __init__(self, name, fleet, database, c8run, folder, seconds):
        self.name, self.fleet, self.database, self.folder = name, fleet, database, folder
        folder.mkdir()
        settings = rounds[name]
        self.emulator = Emulator(
            fleet.hub, c8run, folder, "--token-ttl", settings["ttl"], "--token-interval", interval, "--fault",
            "delay:0.2,on=auth.get_token")
        self.environment = {
            **self.emulator.environment, "C8_STATE": database.make(folder.name), "PGPASSWORD": password,
            "C8_TOKEN_INTERVAL": str(interval)}
        script = pathlib.Path(__file__).parent / "worker.lua"
        self.command = [c8run, "--allow-insecure-http", script, "DONE", calls, seconds / calls]
        self.disturbances = settings["disturbances"]()
        self.began = time.time()
        self.workers, self.ended, self.limit = set(), [], self.began + seconds * 3 + 120

    def play(self):
        for number in range(processes * len(self.fleet.machines)):
            self._start(number % len(self.fleet.machines))
        while self.workers and time.time() < self.limit:
            for worker in [worker for worker in self.workers if worker.process.poll() is not None]:
                self.workers.remove(worker)
                self.ended.append(worker)
                worker.told = worker.calls()
                if worker.is_killed:
                    self._start(worker.machine, worker)
            for disturbance in self.disturbances:
                disturbance.tick(self)
            time.sleep(0.02)
        for worker in list(self.workers):
            worker.kill()
            worker.process.wait()
        for disturbance in self.disturbances:
            disturbance.finish()

    def _start(self, machine, previous=None):
        self.workers.add(Worker(self.fleet, machine, self.command, self.environment, self.folder, previous))

    def judge(self):
        """Prints what happened. Returns what should not have, in words."""
        made, longest, unserved, wrong = 0, 0.0, 0, []
        for worker in self.ended:
            for call in worker.told:
                longest = max(longest, call.seconds)
                if call.problem is None:
                    made += 1
                elif self._had_no_token(worker, call):
                    unserved += 1
                else:
                    wrong.append(f"{worker.name} of machine {worker.machine + 1}, {call.time - self.began:.1f} s after the "
                                 f"beginning, after {call.seconds:.1f} s: {call.problem}")
            if worker.process.returncode != 0 and not worker.is_killed:
                wrong.append(f"{worker.name} ended with {worker.process.returncode}: {worker.log.read_text()[-500:]}")
        expected = processes * len(self.fleet.machines) * calls
        finished = sum(worker.done for worker in self.ended if not worker.is_killed)
        if finished != expected:
            wrong.append(f"of {expected} calls {finished} were made" + (", and the time was over" if self.workers else ""))
        fetched, early, least = self.emulator.fetches()
        if early or least < interval:
            wrong.append(f"get-token was called {least:.3f} s after the call before, and refused {early} times")
        print(f"{self.name}: {len(self.fleet.machines)} machines with {processes} processes each, {made} calls in "
              f"{time.time() - self.began:.0f} s, the longest {longest:.1f} s")
        for disturbance in self.disturbances:
            print(f"    {disturbance.told()}")
        print(f"    get-token called {fetched} times, at least {least:.3f} s apart (allowed: {interval} s), refused {early}")
        print(f"    failed calls {len(wrong)}" + (
            f"; of processes that began on a machine that was cut off {unserved}, as documented" if unserved else ""))
        return wrong

    def _had_no_token(self, worker, call):
        """Whether it began while its machine was cut off, and so had nothing to go on with."""
        for cuts in self.disturbances:
            if isinstance(cuts, Partitions) and cuts.covers(worker.machine, call.time, before=patience):
                begin = cuts.begin(worker.machine, call.time)
                return not any(other.problem is None and other.time < call.time for other in worker.told) \
                    and call.time - call.seconds >= begin - patience
        return False


def prove(fleet, database, c8run, folder, seconds):
    wrong = []
    for number, name in enumerate(rounds, 1):
        played = Round(name, fleet, database, c8run, folder / f"round{number}", seconds)
        try:
            played.play()
            found = played.judge()
        finally:
            played.emulator.stop()
        wrong += [f"{name}: {problem}" for problem in found]
    return wrong
