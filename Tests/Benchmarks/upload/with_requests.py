"""python3 with_requests.py BASE_URL FILE PATH: the codes of a file, as a plain script would upload them.

The csv module, four threads with a session each, batches of 1,000. It reads no further ahead than the threads need,
writes JSON without blanks, and takes an answer's code for all there is to know: no duplicates are looked for, nothing is
retried, and nothing is kept for a later run.
"""

import concurrent.futures
import csv
import hashlib
import json
import os
import sys
import threading

import requests

base, path, target = sys.argv[1:4]
local = threading.local()
room = threading.BoundedSemaphore(8)


def answer(session, path, body, headers):
    text = json.dumps(body, separators=(",", ":"))
    response = session.post(base + path, data=text, headers={"Content-Type": "application/json", **headers}, timeout=30)
    response.raise_for_status()
    envelope = response.json()
    if envelope["code"] != 200:
        raise RuntimeError(f"{path}: {envelope['code']} {envelope['message']}")
    return envelope["data"]


def upload(token, codes):
    try:
        if not hasattr(local, "session"):
            local.session = requests.Session()
        answer(local.session, target, {"orderNo": "X", "codes": codes}, {"Authorization": token})
        return len(codes)
    finally:
        room.release()


def batches():
    with open(path, newline="") as file:
        rows = csv.reader(file)
        column = next(rows).index("code")
        codes = []
        for row in rows:
            codes.append(row[column])
            if len(codes) == 1000:
                yield codes
                codes = []
        if codes:
            yield codes


def main():
    secret = hashlib.md5(os.environ["C8_SECRET_KEY"].encode()).hexdigest()
    token = answer(
        requests.Session(), "/cncop/ca/v1/applications/get-token",
        {"accessKey": os.environ["C8_ACCESS_KEY"], "secretKeySign": secret}, {})["accessToken"]
    sent, waiting = 0, set()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for codes in batches():
            room.acquire()
            waiting.add(pool.submit(upload, token, codes))
            done = {future for future in waiting if future.done()}
            sent += sum(future.result() for future in done)
            waiting -= done
        sent += sum(future.result() for future in waiting)
    print(json.dumps({"sent": sent}))


main()
