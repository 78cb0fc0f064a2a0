"""Calls a tool of an MCP server several times in one connection, and prints the results as JSON.

The arguments are the URL and one mode for each connection: "legacy" for a session, or a version without sessions.
"""

import asyncio
import json
import sys

from fastmcp import Client


async def seen(url: str, mode: str) -> dict[str, object]:
    async with Client(url, mode=mode) as client:
        tools = [tool.name for tool in await client.list_tools()]
        totals = [(await client.call_tool("add", {"number": number})).data for number in (1, 2, 3)]
        return {"protocol": client.protocol_version, "tools": tools, "totals": totals}


async def main(url: str, *modes: str) -> None:
    print(json.dumps([await seen(url, mode) for mode in modes]))


asyncio.run(main(*sys.argv[1:]))
