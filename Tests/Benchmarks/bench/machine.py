"""What the figures were measured on, and with."""

import os
import pathlib
import platform
import subprocess
import time


def describe(c8run, python, runs, root):
    """Plain values, as they stand in the JSON."""
    return {
        "machine": machine(), "system": system(), "date": time.strftime("%Y-%m-%d"), "runs": runs,
        "load": os.getloadavg()[2], "commit": commit(root),
        "versions": {
            "c8run": version(c8run, "--version"),
            "lua5.4": version("lua5.4", "-v").split("  ")[0].removeprefix("Lua "), "lua-cjson": package("lua-cjson"),
            "Python": version(python, "--version").removeprefix("Python "), "requests": module(python, "requests"),
            "aiohttp": module(python, "aiohttp"), "httpx": module(python, "httpx"),
            "nginx": version("nginx", "-v").rpartition("/")[2], "wrk": package("wrk"), "SQLite": package("libsqlite3-0"),
            "PostgreSQL": version("psql", "--version").removeprefix("psql (PostgreSQL) ").split(" ")[0],
        },
    }


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} × {models[0] if models else platform.machine()}"


def system():
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}"
    except (OSError, KeyError):
        return f"Linux {platform.release()}"


def commit(root):
    answer = subprocess.run(
        ["git", "-C", root, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


def version(*command):
    """The first line of what a program says of itself; empty where it is missing."""
    path = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"])
    try:
        answer = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=False,
            env={**os.environ, "PATH": path})
    except OSError:
        return ""
    return ((answer.stdout + answer.stderr).strip().splitlines() or [""])[0]


def module(python, name):
    return version(python, "-c", f"import {name}; print({name}.__version__)")


def package(name):
    """The version of a Debian package; empty elsewhere."""
    return version("dpkg-query", "-W", "-f", "${Version}", name)
