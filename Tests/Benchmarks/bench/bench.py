"""What the families share: programs, folders, the answerer, files that are made once."""

import json
import os
import pathlib
import shutil
import subprocess
import threading

from nginx import Nginx
from postgres import Postgres
from process import Failed, run

programs = pathlib.Path(__file__).resolve().parent.parent


class Bench:
    """One call of scripts/bench."""

    def __init__(self, c8run, python, folder, root, quick, boundary=None, store=None):
        self.c8run, self.python, self.folder, self.root, self.quick = c8run, python, folder, root, quick
        self._boundary, self._store = boundary, store
        self._nginx = None
        self._postgres = None
        self._count = 0

    @property
    def boundary(self):
        """The program with Swift's side of the boundary's works."""
        if self._boundary is None:
            raise Failed("Benchmarks/ was not built")
        return self._boundary

    @property
    def store(self):
        """The program with the store's side of what is compared with libpq."""
        if self._store is None:
            raise Failed("StoreBenchmark was not built")
        return self._store

    @property
    def nginx(self):
        """Started when it is first needed."""
        if self._nginx is None:
            self._nginx = Nginx(programs / "nginx.conf", self.folder / "nginx")
        return self._nginx

    @property
    def postgres(self):
        """Started when it is first needed."""
        if self._postgres is None:
            self._postgres = Postgres()
        return self._postgres

    def stop(self):
        for server in (self._nginx, self._postgres):
            if server is not None:
                server.stop()

    def fresh(self):
        """A name in the folder that nothing has yet: for a state, say."""
        self._count += 1
        return self.folder / f"fresh-{self._count}"

    def run(self, *command, environment=None):
        return run(command, self.folder, environment)

    def parallel(self, *command, environment=None):
        """The same for programs that run beside each other: what they print must not be mixed up."""
        own = self.folder / f"parallel-{threading.get_ident()}"
        own.mkdir(exist_ok=True)
        return run(command, own, environment)

    def script(self, path, *arguments, options=(), state=None, environment=None, command="run"):
        """Runs a script under c8run, or submits it. Its state is thrown away unless it is given."""
        own = state or self.fresh()
        try:
            return self.run(
                self.c8run, command, *options, path, *arguments, environment={"C8_STATE": str(own), **(environment or {})})
        finally:
            if state is None:
                shutil.rmtree(own, ignore_errors=True)

    def platform(self, operations):
        """Options and environment by which c8run takes nginx for the platform.

        operations: path and effect by the operation's id.
        """
        file = self.fresh()
        file.write_text(json_of(operations))
        environment = {"C8_ACCESS_KEY": "benchmark", "C8_SECRET_KEY": "benchmark"}
        return ["--base-url", self.nginx.base, "--bindings", file], environment

    def made(self, name, make):
        """A file that is made once: make(path) writes it."""
        path = self.folder / name
        if not path.exists():
            make(path)
        return path

    def codes(self, count):
        """A table of so many codes."""
        return self.made(f"codes-{count}.csv", lambda path: run(
            [self.python, programs / "upload/codes.py", count, path], self.folder))

    def compiled(self, source, *packages):
        """A C program, built once, with the libraries that pkg-config knows: the same archives that c8run has within."""
        def build(path):
            archives = self.root / ".build/static"
            flags = subprocess.run(
                ["pkg-config", "--cflags", "--libs", *packages], capture_output=True, text=True, check=False,
                env={**os.environ, "PKG_CONFIG_PATH": f"{archives}:{os.environ.get('PKG_CONFIG_PATH', '')}"})
            if flags.returncode != 0:
                raise Failed(f"pkg-config: {flags.stderr.strip()}")
            run(["cc", "-O2", "-o", path, source, *flags.stdout.split(), "-lm"], self.folder)
        # Several works have a peer.c each.
        source = pathlib.Path(source)
        return self.made(f"{source.parent.name}-{source.stem}.peer", build)


def json_of(operations):
    return json.dumps({"version": 1, "operations": {
        name: {"method": "POST", "path": path, "effect": effect, "source": "benchmark"}
        for name, (path, effect) in operations.items()}})
