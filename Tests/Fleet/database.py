"""PostgreSQL, with PgBouncer in transaction mode before it, on the hub."""

import glob
import os
import shutil
import subprocess
import time

from machines import leads

user, password, port = "fleet", "fleet's own", 6432
address = leads["database"] + "1"


class Database:
    def __init__(self, hub, folder):
        self._hub, self._folder = hub, folder
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
        self._bouncer = shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")
        if not found or not self._bouncer:
            raise SystemExit("prove-fleet: these are missing: apt-get install postgresql pgbouncer")
        self._binaries = found[-1]
        folder.mkdir(mode=0o755)
        shutil.chown(folder, "nobody", "nogroup")
        secret = folder / "password"
        secret.write_text(password)
        secret.chmod(0o644)
        self._run("initdb", "-D", folder / "data", "-U", user, "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8",
                  "--locale", "C", "--no-sync")
        with open(folder / "data/postgresql.conf", "a", encoding="ascii") as file:
            file.write(f"listen_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\nmax_connections = 100\n")
        self._run("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "start")
        self._start_bouncer()

    def _start_bouncer(self):
        file = self._folder / "pgbouncer.ini"
        file.write_text(
            f"[databases]\n* = host=127.0.0.1 user={user} password='{password.replace(chr(39), chr(39) * 2)}'\n"
            f"[pgbouncer]\nlisten_addr = {address}\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
            "pool_mode = transaction\ndefault_pool_size = 20\nmax_client_conn = 2000\n"
            # Otherwise all are turned away for a quarter of a minute after one try failed.
            "server_login_retry = 1\n")
        with open(self._folder / "bouncer.log", "ab") as log:
            self._pooler = subprocess.Popen(
                self._hub.command(*self._unprivileged(self._bouncer, "-q", file)), stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)

    @staticmethod
    def _unprivileged(*words):
        return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig", "KILL", *map(str, words)]

    def _run(self, program, *words):
        with open(self._folder / "tools.log", "ab") as log:
            subprocess.run(
                self._hub.command(*self._unprivileged(f"{self._binaries}/{program}", *words)), check=True, stdout=log,
                stderr=log, stdin=subprocess.DEVNULL, cwd="/")

    def restart(self, mode):
        """Ends it `fast` or `immediate`, which is as if its machine had died, and starts it. Returns the seconds."""
        begin = time.monotonic()
        self._run("pg_ctl", "-D", self._folder / "data", "-l", self._folder / "log", "-m", mode, "-w", "restart")
        return time.monotonic() - begin

    def make(self, name):
        """A new database. Returns the URL of it through the pooler."""
        self.ask(f"CREATE DATABASE {name}", "postgres")
        return f"postgres://{user}@{address}:{port}/{name}?sslmode=disable"

    def ask(self, statement, name):
        """Runs statements past the pooler. Returns the rows, as lists of texts."""
        words = [f"{self._binaries}/psql", "-h", "127.0.0.1", "-U", user, "-d", name, "-X", "-q", "-A", "-t", "-F", "\t",
                 "-v", "ON_ERROR_STOP=1", "-c", statement]
        found = subprocess.run(
            self._hub.command("env", f"PGPASSWORD={password}", *words), check=True, capture_output=True, text=True)
        return [line.split("\t") for line in found.stdout.splitlines()]

    def stop(self):
        self._pooler.kill()
        self._pooler.wait()
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")
