"""The platform's stand-in, on the hub, and what its ledger says."""

import json
import pathlib
import shlex
import subprocess
import sys
import time

from machines import leads

port = 8080


class Emulator:
    def __init__(self, hub, c8run, folder, *options):
        self.ledger = folder / "ledger"
        announced = folder / "environment"
        with open(announced, "wb") as out:
            self._process = subprocess.Popen(
                hub.command(c8run, "emulator", "--ledger", self.ledger, "--bindings-out", folder / "bindings.json", *options),
                stdin=subprocess.DEVNULL, stdout=out)
        while "C8_BINDINGS" not in announced.read_text():
            if self._process.poll() is not None:
                raise SystemExit("prove-fleet: the emulator does not start")
            time.sleep(0.05)
        self.environment = dict(
            word.split("=", 1) for line in announced.read_text().splitlines() for word in shlex.split(line, comments=True)
            if "=" in word)
        target = self.environment["C8_BASE_URL"].rsplit(":", 1)[1]
        relay = pathlib.Path(__file__).parent / "relay.py"
        # It listens on its own loopback alone.
        self._relay = subprocess.Popen(
            hub.command(sys.executable, relay, leads["platform"] + "1", port, target), stdin=subprocess.DEVNULL)
        self.environment["C8_BASE_URL"] = f"http://{leads['platform']}1:{port}"

    def requests(self, operation):
        """What the ledger says of an operation, oldest first."""
        word = f'"operation":"{operation}"'
        with open(self.ledger, encoding="utf-8") as file:
            # The last line may not be there as a whole yet.
            return [json.loads(line) for line in file if word in line and line.endswith("\n")]

    def fetches(self):
        """How often get-token was called and refused as too frequent, and the least seconds between two calls."""
        fetches = self.requests("auth.get_token")
        times = [fetch["time"] for fetch in fetches]
        early = sum(fetch.get("code") == 21185002 for fetch in fetches)
        return len(times), early, min((b - a for a, b in zip(times, times[1:])), default=float("inf"))

    def stop(self):
        for process in (self._relay, self._process):
            process.kill()
            process.wait()
