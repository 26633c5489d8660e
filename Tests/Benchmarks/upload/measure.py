"""Runs uploads beside each other and compares them; scripts/bench-upload says what, and calls this."""

import argparse
import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

here = pathlib.Path(__file__).parent
tick = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass
class Run:
    """What one process took."""

    wall: float
    cpu: float
    """User and system seconds."""
    rss: float
    """The most memory at a time, in MiB."""
    answerer: float
    """CPU seconds of the answerer meanwhile."""


class Answerer:
    """nginx on a free port of this machine, in a folder of its own."""

    def __init__(self, program, folder):
        self.folder = folder
        self.folder.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        module = pathlib.Path("/usr/lib/nginx/modules/ngx_http_echo_module.so")
        text = (here / "nginx.conf").read_text().replace("@PORT@", str(self.port))
        text = text.replace("@MODULES@", f"load_module {module};" if module.exists() else "")
        (folder / "nginx.conf").write_text(text)
        # As root its worker would be another user, who may not enter the folder.
        command = [program, "-p", str(folder), "-c", "nginx.conf"] + (["-g", "user root;"] if os.geteuid() == 0 else [])
        self.process = subprocess.Popen(command)
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"nginx does not start: {(folder / 'nginx.log').read_text()}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def take(self, name):
        """The lines that were logged since it was last asked."""
        path = self.folder / name
        lines = path.read_text().splitlines() if path.exists() else []
        os.truncate(path, 0)
        return lines

    def cpu(self):
        """CPU seconds of the worker so far."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        fields = (pathlib.Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split() for child in children)
        return sum(int(field[11]) + int(field[12]) for field in fields) / tick


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.answerer = Answerer(options.nginx, folder / "nginx")
        self.runs = 0

    def codes(self, count):
        path = self.folder / f"codes-{count}.csv"
        if not path.exists():
            subprocess.run([sys.executable, here / "codes.py", str(count), path], check=True)
        return path

    def bindings(self, effect, path):
        file = self.folder / f"bindings-{effect}{path.replace('/', '-')}.json"
        operation = {"method": "POST", "path": path, "effect": effect, "source": "benchmark"}
        file.write_text(json.dumps({"version": 1, "operations": {"production.offline.upload_codes": operation}}))
        return file

    def command(self, side, file, path):
        if side == "python":
            return [sys.executable, here / "peer.py", self.answerer.base, file, path]
        effect = "write" if side == "write" else "idempotent"
        return [
            self.options.c8run, "--base-url", self.answerer.base, "--bindings", self.bindings(effect, path),
            f"--allow-read={file}", here / "upload.lua", file,
        ] + (["bench"] if side == "resumable" else [])

    def run(self, side, count, path="/upload"):
        """Uploads once, from nothing: no token, no state."""
        self.runs += 1
        state = self.folder / f"state-{self.runs}"
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "C8_STATE": str(state),
            "C8_ACCESS_KEY": "benchmark", "C8_SECRET_KEY": "benchmark",
        }
        command = [str(word) for word in self.command(side, self.codes(count), path)]
        output, errors = self.folder / "output", self.folder / "errors"
        before = self.answerer.cpu()
        with open(output, "wb") as out, open(errors, "wb") as err:
            begin = time.monotonic()
            child = os.posix_spawn(command[0], command, environment, file_actions=[
                (os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, err.fileno(), 2)])
            _, status, usage = os.wait4(child, 0)
            wall = time.monotonic() - begin
        shutil.rmtree(state, ignore_errors=True)
        if status != 0:
            raise SystemExit(
                f"{side} failed ({os.waitstatus_to_exitcode(status)}): {' '.join(command)}\n{errors.read_text()}")
        summary = json.loads(output.read_text().splitlines()[-1])
        if summary["sent"] != count or summary.get("accepted", count) != count:
            raise SystemExit(f"{side} did not send everything: {summary}")
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, self.answerer.cpu() - before)

    def measure(self, side, count):
        run = self.run(side, count)
        lengths = self.answerer.take("lengths")
        # {"orderNo":"X","codes":[ … ]}, and 35 bytes for each code with its quotes and its comma but the last one's.
        batches = -(-count // 1000)
        wanted = (batches, batches * (len('{"orderNo":"X","codes":[]}') - 1) + 35 * count)
        found = (len(lengths), sum(map(int, lengths)))
        if found != wanted:
            raise SystemExit(f"{side}: {found[0]} uploads of {found[1]} bytes instead of {wanted[0]} of {wanted[1]}")
        return run

    def check(self, sides, count=10_500):
        """Each side's bodies, whatever their order, are the same."""
        bodies = {}
        for side in sides:
            self.run(side, count, "/shown")
            bodies[side] = sorted(self.answerer.take("bodies"))
            if bodies[side] != bodies[sides[0]]:
                raise SystemExit(f"{side} sends other bodies than {sides[0]}")


@contextlib.contextmanager
def alone(lock):
    """While others who take the lock do nothing."""
    if lock is None:
        yield
        return
    with open(lock, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def spread(values, form):
    return " ".join(f"{value:{form}}" for value in (statistics.median(values), min(values), max(values)))


def row(name, cells):
    print(f"{name:<24}" + "".join(f"{cell:>22}" for cell in cells), flush=True)


def machine():
    models = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return f"{os.cpu_count()} x {models[0] if models else platform.machine()}"


def version(*command):
    answer = subprocess.run(command, capture_output=True, text=True)
    return (answer.stdout + answer.stderr).strip().splitlines()[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--c8run", required=True)
    parser.add_argument("--nginx", required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--codes", type=int, default=1_000_000)
    parser.add_argument("--large", type=int, default=0)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--lock")
    options = parser.parse_args()
    ours = ["idempotent", "write", "resumable"]
    bench = Bench(options, options.folder)
    try:
        bench.check([*ours, "python"])
        bench.codes(options.codes)
        runs = {side: [] for side in [*ours, "python"]}
        for _ in range(options.pairs):
            with alone(options.lock):
                for side in runs:
                    runs[side].append(bench.measure(side, options.codes))
        growth = []
        if options.large:
            bench.codes(options.large)
            # Beside small ones of the same minute, as a machine with others on it is not the same one an hour later.
            for _ in range(3):
                with alone(options.lock):
                    growth.append([bench.measure("idempotent", count) for count in (options.codes, options.large)])
    finally:
        bench.answerer.stop()

    about = {
        "machine": machine(), "date": time.strftime("%Y-%m-%d"), "codes": options.codes, "pairs": options.pairs,
        "c8run": version(options.c8run, "--version"), "python": platform.python_version(),
        "nginx": version(options.nginx, "-v"), "load": os.getloadavg()[2],
    }
    print(f"{about['machine']}, {about['date']}; {about['c8run']}, Python {about['python']}, {about['nginx']}")
    print(f"{options.codes} codes in batches of 1000; {options.pairs} runs: median, least, most")
    row("", ["wall s", "CPU s", "peak MiB", "nginx CPU s"])
    for side, took in runs.items():
        row(side if side == "python" else f"c8run {side}", [
            spread([run.wall for run in took], ".2f"), spread([run.cpu for run in took], ".2f"),
            spread([run.rss for run in took], ".1f"), spread([run.answerer for run in took], ".2f")])
    print("Python's over c8run's, pair by pair")
    ratios = {}
    for side in ours:
        pairs = list(zip(runs[side], runs["python"]))
        ratios[side] = {
            "wall": [theirs.wall / own.wall for own, theirs in pairs],
            "cpu": [theirs.cpu / own.cpu for own, theirs in pairs],
        }
        row(f"c8run {side}", [spread(ratios[side][what], ".2f") for what in ("wall", "cpu")])
    if growth:
        print(f"c8run idempotent with {options.large} codes, {len(growth)} runs; below, how many times as much as with"
              f" {options.codes} just before")
        row("", [spread([getattr(large, what) for _, large in growth], form)
                 for what, form in (("wall", ".2f"), ("cpu", ".2f"), ("rss", ".1f"), ("answerer", ".2f"))])
        row("", [spread([getattr(large, what) / getattr(small, what) for small, large in growth], ".2f")
                 for what in ("wall", "cpu", "rss")])
    if options.json:
        options.json.write_text(json.dumps({
            **about, "runs": {side: [dataclasses.asdict(run) for run in took] for side, took in runs.items()},
            "ratios": ratios, "large": {
                "codes": options.large, "pairs": [[dataclasses.asdict(run) for run in pair] for pair in growth]},
        }, indent=1) + "\n")


main()
