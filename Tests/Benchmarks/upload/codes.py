"""Writes a table of codes: python3 codes.py COUNT FILE.

A header and COUNT codes of 32 digits, one in each row; the same ones every time.
"""

import random
import sys

count, path = int(sys.argv[1]), sys.argv[2]
draw = random.Random(20261126).getrandbits
with open(path, "w") as file:
    file.write("code\n")
    # 106 bits are at most 32 digits, and no two of some millions of draws are the same.
    for start in range(0, count, 10_000):
        file.writelines(f"{draw(106):032d}\n" for _ in range(min(10_000, count - start)))
