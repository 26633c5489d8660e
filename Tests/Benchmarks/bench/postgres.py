"""A PostgreSQL server of the benchmark's own, on a socket in a folder of its own."""

import glob
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from process import Failed

user = "bench"


class Postgres:
    """Settings as Debian's, but for what keeps it to itself."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
        if not found:
            raise Failed("PostgreSQL is not installed")
        self._binaries = pathlib.Path(found[-1])
        # The server runs without rights, and may not enter the benchmark's own folder.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="c8run-postgres-"))
        self.folder.chmod(0o755)
        self._drop = []
        if os.geteuid() == 0:
            self._drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            shutil.chown(self.folder, "nobody", "nogroup")
        self._count = 0
        self._run("initdb", "-D", self.folder / "data", "-U", user, "-A", "trust", "-E", "UTF8", "--locale", "C")
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o",
                  f"-c listen_addresses= -k {self.folder} -c max_connections=200", "start")

    def _run(self, program, *words):
        with open(self.folder.parent / f"{self.folder.name}.log", "wb") as log:
            done = subprocess.run(
                [*self._drop, self._binaries / program, *map(str, words)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd="/", check=False)
        if done.returncode != 0:
            raise Failed(f"{program}: {pathlib.Path(log.name).read_text(errors='replace').strip()}")
        os.unlink(log.name)

    def database(self):
        """The URL of a new, empty database."""
        self._count += 1
        self.ask("postgres", f"CREATE DATABASE bench{self._count}")
        return f"postgres://{user}@/bench{self._count}?host={self.folder}"

    def ask(self, url, statement):
        """The rows of a statement, as lists of texts. For the URL the database's name will do."""
        done = subprocess.run(
            [self._binaries / "psql", "-h", self.folder, "-U", user, "-d", name_of(url), "-XqAt", "-F", "\t", "-c", statement],
            capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"psql: {done.stderr.strip()}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def load(self, url, script, clients, seconds):
        """How often so many clients carry out the statements of a file in a second, each with a connection of its own."""
        name = name_of(url)
        done = subprocess.run(
            [self._binaries / "pgbench", "-n", "-h", self.folder, "-U", user, "-f", script, "-c", str(clients), "-j", "2",
             "-T", str(seconds), name], capture_output=True, text=True, check=False)
        found = re.search(r"tps = ([0-9.]+)", done.stdout)
        if done.returncode != 0 or not found:
            raise Failed(f"pgbench: {done.stderr.strip()}")
        return float(found.group(1))

    def stop(self):
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


def name_of(url):
    return url.split("@/", 1)[-1].split("?")[0]
