"""Programs that are run and watched."""

import dataclasses
import os
import pathlib
import time


@dataclasses.dataclass
class Ended:
    """What a process that ended well took, and what it printed."""

    wall: float
    """Seconds."""
    cpu: float
    """User and system seconds, of all its threads."""
    rss: float
    """The most memory at a time, in MiB."""
    output: str


class Failed(Exception):
    """A program of the benchmark did not do its work."""


def run(command, folder, environment=None):
    """Runs a program to its end. Its environment is the given one and hardly more, so that every machine's is alike.

    Raises Failed, with what the program said, when it ends with another code than 0.
    """
    words = [str(word) for word in command]
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **(environment or {})}
    output, errors = pathlib.Path(folder) / "output", pathlib.Path(folder) / "errors"
    with open(output, "wb") as out, open(errors, "wb") as err:
        actions = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, err.fileno(), 2)]
        begin = time.monotonic()
        try:
            child = os.posix_spawnp(words[0], words, surroundings, file_actions=actions)
        except OSError as error:
            raise Failed(f"{words[0]} cannot be run: {error.strerror}") from error
        # Not subprocess: only wait4 tells what this one child took.
        _, status, usage = os.wait4(child, 0)
        wall = time.monotonic() - begin
    if status != 0:
        code = os.waitstatus_to_exitcode(status)
        raise Failed(f"{' '.join(words)}\nended with {code}: {errors.read_text(errors='replace').strip()}")
    text = output.read_text(errors="replace")
    return Ended(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)
