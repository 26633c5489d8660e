"""Machines that are namespaces of this one: networks, name and start of their own, on two networks that they share."""

import os
import signal
import subprocess
import tempfile
import time
import uuid

leads = {"platform": "10.86.0.", "database": "10.87.0."}
"""Of the addresses, by network. The hub has the first of each."""


class Machine:
    """A process that holds namespaces; other processes are started into them."""

    def __init__(self, name, shift=0):
        # The clock that counts from the machine's start has another reading on each.
        self._anchor = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--mount", "--uts", "--time", f"--boottime={shift}",
             f"--monotonic={shift}", "--fork", "--kill-child", "sleep", "infinity"], stdin=subprocess.DEVNULL,
            # It complains when its child is killed.
            stderr=subprocess.DEVNULL)
        self.name, self.process = name, self._child()
        self.run("ip", "link", "set", "lo", "up")
        self.run("hostname", name)
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(f"{uuid.uuid4()}\n")
            file.flush()
            self.run("mount", "--bind", file.name, "/proc/sys/kernel/random/boot_id")

    def _child(self):
        children = f"/proc/{self._anchor.pid}/task/{self._anchor.pid}/children"
        for _ in range(200):
            with open(children, encoding="ascii") as file:
                found = file.read().split()
            # Before it has become another program its namespaces may not be made yet.
            if found and command(found[0]) == "sleep":
                return int(found[0])
            if self._anchor.poll() is not None:
                break
            time.sleep(0.02)
        raise SystemExit("prove-fleet: namespaces cannot be made here: run it as root, on a kernel that has them")

    def command(self, *words):
        """What runs a program here. The process that is started becomes that program, and dies with this one."""
        return ["setpriv", "--pdeathsig", "KILL", "nsenter", f"--target={self.process}", "--net", "--mount", "--uts",
                "--time", "--", *map(str, words)]

    def run(self, *words):
        subprocess.run(self.command(*words), check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        # The parent of it takes no signal but this, and ends with its child.
        os.kill(self.process, signal.SIGKILL)
        self._anchor.wait()


class Fleet:
    """A hub, with database and platform, and machines that reach both by a network each."""

    def __init__(self, count):
        self.hub = Machine("hub")
        self.machines = []
        for network, lead in leads.items():
            self.hub.run("ip", "link", "add", network, "type", "bridge")
            self.hub.run("ip", "address", "add", lead + "1/24", "dev", network)
            self.hub.run("ip", "link", "set", network, "up")
        for number in range(1, count + 1):
            machine = Machine(f"machine{number}", shift=number * 100_000)
            self.machines.append(machine)
            for network, lead in leads.items():
                here = f"{network}{number}"
                self.hub.run("ip", "link", "add", here, "type", "veth", "peer", "name", network, "netns", machine.process)
                self.hub.run("ip", "link", "set", here, "master", network, "up")
                machine.run("ip", "address", "add", f"{lead}{number + 10}/24", "dev", network)
                machine.run("ip", "link", "set", network, "up")

    def link(self, number, network, state):
        """Cuts a machine, counted from 0, off a network, or puts it back."""
        self.hub.run("ip", "link", "set", f"{network}{number + 1}", state)

    def stop(self):
        for machine in [*self.machines, self.hub]:
            machine.stop()


def command(process):
    try:
        with open(f"/proc/{process}/comm", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return None
