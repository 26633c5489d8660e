"""A thousand jobs in a queue, and workers on all machines that are killed and stopped."""

import concurrent.futures
import json
import pathlib
import random
import subprocess
import time

import record
from database import password
from emulator import Emulator
from runner import Runner

jobs, writes, workers, lease = 1000, 2, 8, 30.0
least = 2.0
"""Seconds between two disturbances, on the average."""


class Queue:
    def __init__(self, fleet, database, c8run, folder, seconds):
        self.fleet, self.database, self.folder, self.seconds, self.c8run = fleet, database, folder, seconds, c8run
        folder.mkdir()
        self.emulator = Emulator(
            fleet.hub, c8run, folder, "--token-interval", 0, "--fault", "delay:0.3,on=production.orders.create,chance=0.5",
            "--fault", "cut-after,on=production.orders.create,chance=0.03")
        self.environment = {
            **self.emulator.environment, "C8_STATE": database.make(folder.name), "PGPASSWORD": password,
            "C8_TOKEN_INTERVAL": "0"}
        self._run("state", "migrate")
        record.begin(database, folder.name)
        self.ticks, self.all, self.stopped, self.kills, self.stops, self.odd = [], [], [], 0, 0, []
        self.standing = []

    def _run(self, *words, machine=0):
        return subprocess.run(
            self.fleet.machines[machine].command(self.c8run, *words), env={**self.environment, "HOME": str(self.folder)},
            check=True, stdout=subprocess.PIPE, text=True).stdout

    def submit(self):
        script = pathlib.Path(__file__).parent / "flow.lua"
        self._run("submit", "--id", "tick", "--cron", "* * * * *", script.parent / "tick.lua")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(
                lambda number: self._run(
                    "submit", "--id", f"job-{number}", script, number, writes, machine=number % len(self.fleet.machines)),
                range(1, jobs + 1)))

    def play(self):
        begin, due, looked = time.time(), time.time() + 2, 0.0
        states = {}
        while time.time() < begin + self.seconds + 10 * lease:
            now = time.time()
            self._look(now)
            if due <= now < begin + self.seconds:
                due = now + random.expovariate(1 / least)
                self._disturb()
            if now > looked + 2:
                looked = now
                states = self.states()
                if sum(states.get(state, 0) for state in ("waiting", "running")) == 0 and not self.stopped:
                    break
            time.sleep(0.05)
        self.took = time.time() - begin
        for runner in self.standing + self.stopped:
            runner.kill()
            runner.process.wait()
        return states

    def states(self):
        found, self.ticks = {}, []
        for job in json.loads(self._run("queue", "list", "--json", "--limit", jobs * 2)):
            if job["schedule"]:
                self.ticks.append(job["not_before"])
            else:
                found[job["state"]] = found.get(job["state"], 0) + 1
        return found

    def _look(self, now):
        for runner in list(self.stopped):
            if now >= runner.wakes:
                runner.wake()
                self.stopped.remove(runner)
                # There are enough without it, once it has found out what became of its jobs.
                self.standing.append(runner)
        for runner in list(self.standing):
            status = runner.process.poll()
            if status is not None:
                self.standing.remove(runner)
                if not runner.is_killed:
                    self.odd.append((status, runner))
        while len(self.standing) < workers:
            runner = Runner(
                self.fleet, len(self.all) % len(self.fleet.machines),
                [self.c8run, "worker", "--concurrency", 4, "--allow-insecure-http"], self.environment, self.folder)
            self.all.append(runner)
            self.standing.append(runner)

    def _disturb(self):
        runner = random.choice(self.standing)
        if random.random() < 0.5:
            runner.kill()
            self.kills += 1
        else:
            self.standing.remove(runner)
            self.stopped.append(runner)
            runner.stop(2 * lease)
            self.stops += 1

    def judge(self, states):
        created = self.emulator.requests("production.orders.create")
        made = sum(bool(request.get("performed")) for request in created)
        again = sum(request.get("code") == 99001002 for request in created)
        entries, claims, wrong = record.judge(self.database, self.folder.name, self.all)
        foreign = len(wrong)
        if made != jobs * writes:
            wrong.append(f"{jobs * writes} orders were to be made, and {made} were")
        if again:
            wrong.append(f"{again} orders were sent again after they had been made")
        if len(set(self.ticks)) != len(self.ticks) or len(self.ticks) < self.took // 60:
            wrong.append(f"in {self.took:.0f} s a schedule of once a minute fired at {sorted(self.ticks)}")
        if states != {"done": jobs}:
            wrong.append(f"the jobs ended so: {states}")
        print(f"queue: {jobs} jobs of {writes} writes each in {self.took:.0f} s, by {workers} workers at a time on "
              f"{len(self.fleet.machines)} machines, {len(self.all)} in all")
        print(f"    killed {self.kills}, stopped for {2 * lease:.0f} s {self.stops}, ended otherwise {len(self.odd)}; flows "
              f"claimed {claims} times")
        print(f"    orders made {made} of {jobs * writes}, sent again after that {again}; jobs {states}; a schedule of once "
              f"a minute fired {len(self.ticks)} times")
        print(f"    entries {entries}, by somebody who did not own the flow, or with an old fence {foreign}")
        for status, runner in self.odd[:5]:
            print(f"    {runner.name} ended with {status}: {runner.log()[-300:]}")
        return wrong


def prove(fleet, database, c8run, folder, seconds):
    if subprocess.run([c8run, "worker", "--help"], capture_output=True, check=False).returncode != 0:
        raise SystemExit("prove-fleet: this c8run has no queue yet")
    played = Queue(fleet, database, c8run, folder / "queue", seconds)
    try:
        played.submit()
        return [f"queue: {problem}" for problem in played.judge(played.play())]
    finally:
        played.emulator.stop()
