"""What befalls a fleet while it works: each is asked again and again whether its time has come."""

import random
import threading
import time


class Kills:
    """Every so many seconds, on the average, a process that runs is killed."""

    def __init__(self, mean):
        self._mean, self._next, self.count = mean, time.time() + 3, 0

    def tick(self, run):
        if time.time() < self._next or not run.workers:
            return
        self._next = time.time() + random.expovariate(1 / self._mean)
        random.choice(list(run.workers)).kill()
        self.count += 1

    def finish(self):
        pass

    def told(self):
        return f"killed {self.count}"


class Restarts:
    """The database ends and comes back, in an orderly way or as after the death of its machine."""

    def __init__(self, least, most):
        self._range, self._thread, self.seconds = (least, most), None, []
        self._next = time.time() + least

    def tick(self, run):
        if self._thread and self._thread.is_alive() or time.time() < self._next:
            return

        def restart(mode):
            self.seconds.append(run.database.restart(mode))
            self._next = time.time() + random.uniform(*self._range)

        self._next = float("inf")
        self._thread = threading.Thread(target=restart, args=[random.choice(["fast", "immediate"])])
        self._thread.start()

    def finish(self):
        if self._thread:
            self._thread.join()

    def told(self):
        return f"database restarted {len(self.seconds)} times (away up to {max(self.seconds, default=0):.1f} s)"


class Partitions:
    """A machine is cut off from the database, a while after a token was fetched: so that all have that one by then, and none
    lives shorter than the cut."""

    def __init__(self, length, after):
        self._length, self._after, self.cuts = length, after, []

    def tick(self, run):
        now = time.time()
        if self.cuts and self.cuts[-1][2] is None:
            machine, begin, _ = self.cuts[-1]
            if now >= begin + self._length:
                run.fleet.link(machine, "database", "up")
                self.cuts[-1] = (machine, begin, time.time())
            return
        fetches = [fetch["time"] for fetch in run.emulator.requests("auth.get_token") if fetch.get("code") == 200]
        if not fetches or not fetches[-1] + self._after <= now < fetches[-1] + self._after + 2:
            return
        machine = random.randrange(len(run.fleet.machines))
        run.fleet.link(machine, "database", "down")
        self.cuts.append((machine, now, None))

    def covers(self, machine, moment, before=0):
        """Whether the machine was cut off then, or so many seconds before."""
        return any(cut == machine and begin <= moment and (end is None or moment - before <= end)
                   for cut, begin, end in self.cuts)

    def begin(self, machine, moment):
        """When the last cut of the machine before that began."""
        return max((begin for cut, begin, _ in self.cuts if cut == machine and begin <= moment), default=None)

    def finish(self):
        pass

    def told(self):
        return f"machines cut off from the database for {self._length} s: {len(self.cuts)}"
