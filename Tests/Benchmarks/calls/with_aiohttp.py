"""python3 with_aiohttp.py URL COUNT WIDTH: so many calls, so many at a time, as calls.lua makes them."""

import asyncio
import sys
import time

import aiohttp

url, count, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
left, total = count, 0


async def work(session):
    global left, total
    while left > 0:
        left -= 1
        async with session.post(
            url, json={"orderNo": "A-1", "quantity": 500}, headers={"Authorization": "benchmark-token"}
        ) as response:
            envelope = await response.json()
        if response.status != 200 or envelope["code"] != 200:
            raise RuntimeError(f"{response.status} {envelope}")
        total += envelope["data"]["accepted"]


async def main():
    connector = aiohttp.TCPConnector(limit=width)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=30)) as session:
        begin = time.monotonic()
        await asyncio.gather(*(work(session) for _ in range(width)))
        print(f"{time.monotonic() - begin:.6f} {total}")


asyncio.run(main())
