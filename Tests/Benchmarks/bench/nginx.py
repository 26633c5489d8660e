"""A platform that says yes to everything: nginx on a free port of this machine."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

from process import Failed

tick = os.sysconf("SC_CLK_TCK")
modules = pathlib.Path("/usr/lib/nginx/modules")


class Nginx:
    """One worker with constant answers, in a folder of its own."""

    def __init__(self, configuration, folder):
        self.folder = folder
        self.folder.mkdir()
        program = shutil.which("nginx", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"]))
        if program is None:
            raise Failed("nginx is not installed")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        echo = modules / "ngx_http_echo_module.so"
        text = configuration.read_text().replace("@PORT@", str(self.port))
        text = text.replace("@MODULES@", f"load_module {echo};" if echo.exists() else "")
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
        self.stop()
        log = folder / "nginx.log"
        raise Failed(f"nginx does not start: {log.read_text() if log.exists() else ''}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()

    def take(self, name):
        """The lines of a log since it was last asked for."""
        path = self.folder / name
        lines = path.read_text().splitlines() if path.exists() else []
        if path.exists():
            os.truncate(path, 0)
        return lines

    def cpu(self):
        """CPU seconds of the worker so far."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        fields = (pathlib.Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split() for child in children)
        return sum(int(field[11]) + int(field[12]) for field in fields) / tick
