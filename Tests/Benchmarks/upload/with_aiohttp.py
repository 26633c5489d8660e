"""python3 with_aiohttp.py BASE_URL FILE PATH: as with_requests.py, with eight batches under way on one event loop."""

import asyncio
import csv
import hashlib
import json
import os
import sys

import aiohttp

base, path, target = sys.argv[1:4]


async def answer(session, path, body, headers):
    text = json.dumps(body, separators=(",", ":"))
    async with session.post(base + path, data=text, headers={"Content-Type": "application/json", **headers}) as response:
        response.raise_for_status()
        envelope = await response.json()
    if envelope["code"] != 200:
        raise RuntimeError(f"{path}: {envelope['code']} {envelope['message']}")
    return envelope["data"]


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


async def upload(session, headers, waiting):
    sent = 0
    # They share one iterator: whoever is free takes the next batch.
    for codes in waiting:
        await answer(session, target, {"orderNo": "X", "codes": codes}, headers)
        sent += len(codes)
    return sent


async def main():
    secret = hashlib.md5(os.environ["C8_SECRET_KEY"].encode()).hexdigest()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        token = (await answer(
            session, "/cncop/ca/v1/applications/get-token",
            {"accessKey": os.environ["C8_ACCESS_KEY"], "secretKeySign": secret}, {}))["accessToken"]
        waiting = batches()
        sent = await asyncio.gather(*(upload(session, {"Authorization": token}, waiting) for _ in range(8)))
    print(json.dumps({"sent": sum(sent)}))


asyncio.run(main())
