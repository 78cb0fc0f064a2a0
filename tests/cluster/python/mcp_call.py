"""Calls tools of an MCP server, and prints the tools and answers as JSON.

The arguments are the URL and the calls as JSON: a list of pairs of a tool's name and its arguments.
"""

import asyncio
import json
import sys

from fastmcp import Client


async def main(url: str, calls: str) -> None:
    async with Client(url) as client:
        tools = sorted(tool.name for tool in await client.list_tools())
        answers = [(await client.call_tool(name, arguments)).data for name, arguments in json.loads(calls)]
    print(json.dumps({"tools": tools, "answers": answers}))


asyncio.run(main(*sys.argv[1:]))
