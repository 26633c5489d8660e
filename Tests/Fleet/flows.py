"""Flows that go from machine to machine, because whoever runs one is killed or stopped."""

import pathlib
import random
import subprocess
import time

import record
from database import password
from emulator import Emulator
from runner import Runner

flows, steps, lease = 24, 20, 30.0
"""The lease is the program's own: it cannot be set."""
least = 1.0
"""Seconds between two disturbances, on the average."""


class Flow:
    def __init__(self, number):
        self.number, self.runners, self.result = number, [], None

    def standing(self):
        """Those who run and are not stopped."""
        return [runner for runner in self.runners if not runner.is_stopped]


class Flows:
    def __init__(self, fleet, database, c8run, folder, seconds):
        self.fleet, self.database, self.folder, self.seconds = fleet, database, folder, seconds
        folder.mkdir()
        self.emulator = Emulator(
            fleet.hub, c8run, folder, "--token-interval", 0, "--fault", "delay:0.3,on=production.orders.create,chance=0.5",
            "--fault", "cut-after,on=production.orders.create,chance=0.03")
        self.environment = {
            **self.emulator.environment, "C8_STATE": database.make(folder.name), "PGPASSWORD": password,
            "C8_TOKEN_INTERVAL": "0"}
        subprocess.run(
            fleet.machines[0].command(c8run, "state", "migrate"), env={**self.environment, "HOME": str(folder)}, check=True,
            stdout=subprocess.DEVNULL)
        record.begin(database, folder.name)
        self._command = [c8run, "--allow-insecure-http", pathlib.Path(__file__).parent / "flow.lua"]
        self.flows = [Flow(number) for number in range(1, flows + 1)]
        self.kills, self.stops, self.odd, self.all = 0, 0, [], []

    def play(self):
        begin, due = time.time(), time.time() + 2
        while any(flow.result is None or flow.runners for flow in self.flows):
            now = time.time()
            if now > begin + self.seconds + 6 * lease:
                break
            for flow in self.flows:
                self._look(flow, now)
            if due <= now < begin + self.seconds:
                due = now + random.expovariate(1 / least)
                self._disturb()
            time.sleep(0.02)
        self.took = time.time() - begin
        for flow in self.flows:
            for runner in flow.runners:
                runner.kill()
                runner.process.wait()

    def _look(self, flow, now):
        for runner in list(flow.runners):
            if runner.is_stopped and now >= runner.wakes:
                runner.wake()
            status = runner.process.poll()
            if status is None:
                continue
            flow.runners.remove(runner)
            if status == 0:
                flow.result = runner.output()
            elif not runner.is_killed:
                self.odd.append((status, runner))
        if flow.result is None and not flow.standing():
            # Somewhere else than those who are stopped.
            others = set(range(len(self.fleet.machines))) - {runner.machine for runner in flow.runners}
            runner = Runner(
                self.fleet, random.choice(sorted(others) or [0]), [*self._command, flow.number, steps], self.environment,
                self.folder)
            flow.runners.append(runner)
            self.all.append(runner)

    def _disturb(self):
        owners = {int(process) for process, in self.database.ask(
            "SELECT owner_process FROM c8run.flow WHERE state = 'running' AND lease_until > clock_timestamp()",
            self.folder.name)}
        # Not those who merely wait for a lease to end.
        standing = [runner for flow in self.flows for runner in flow.standing()
                    if runner.process.pid in owners and not runner.is_killed]
        if not standing:
            return
        runner = random.choice(standing)
        if random.random() < 0.5:
            runner.kill()
            self.kills += 1
        else:
            runner.stop(2 * lease)
            self.stops += 1

    def judge(self):
        made = [request for request in self.emulator.requests("production.orders.create") if request.get("performed")]
        again = [request for request in self.emulator.requests("production.orders.create")
                 if request.get("code") == 99001002]
        entries, claims, wrong = record.judge(self.database, self.folder.name, self.all)
        foreign = len(wrong)
        unfinished = [flow.number for flow in self.flows if flow.result != f"made {steps}"]
        if len(made) != flows * steps:
            wrong.append(f"{flows * steps} orders were to be made, and {len(made)} were")
        if again:
            wrong.append(f"{len(again)} orders were sent again after they had been made")
        if unfinished:
            wrong.append(f"flows that did not finish: {unfinished}")
        lost = [runner for _, runner in self.odd if "taken over by another process" in runner.log()]
        print(f"flows: {flows} of {steps} writes each in {self.took:.0f} s, run by {len(self.all)} processes on "
              f"{len(self.fleet.machines)} machines, claimed {claims} times")
        print(f"    killed {self.kills}, stopped for {2 * lease:.0f} s {self.stops}, gave way to a follower {len(lost)}, ended "
              f"otherwise {len(self.odd) - len(lost)}")
        print(f"    orders made {len(made)} of {flows * steps}, sent again after that {len(again)}, unfinished flows "
              f"{len(unfinished)}")
        print(f"    entries {entries}, by somebody who did not own the flow, or with an old fence {foreign}")
        for status, runner in self.odd:
            if runner not in lost:
                print(f"    {runner.name} ended with {status}: {runner.log()[-300:]}")
        return wrong


def prove(fleet, database, c8run, folder, seconds):
    played = Flows(fleet, database, c8run, folder / "flows", seconds)
    try:
        played.play()
        return [f"flows: {problem}" for problem in played.judge()]
    finally:
        played.emulator.stop()
