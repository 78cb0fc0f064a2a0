"""An MCP server that is called through a gateway. Its argument is its port."""

import asyncio
import sys

from fastmcp import Context, FastMCP
from starlette.requests import Request
from starlette.responses import PlainTextResponse

server = FastMCP("calc")


@server.tool
async def add(number: int, context: Context) -> int:
    """Adds a number to the total of this connection. Calls of other connections do not count."""
    total = (await context.get_state("total") or 0) + number
    await context.set_state("total", total)
    return total


@server.custom_route("/slow", methods=["GET"])
async def slow(request: Request) -> PlainTextResponse:
    await asyncio.sleep(float(request.query_params["seconds"]))
    return PlainTextResponse("calc")


server.run(transport="http", host="127.0.0.1", port=int(sys.argv[1]), show_banner=False)
