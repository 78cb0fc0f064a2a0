"""An MCP server as a user would bring it, at port 8000. Its argument is the address to listen on, in place of all."""

import os
import sys

from fastmcp import FastMCP

server = FastMCP("orders")


@server.tool
def look_up(number: int) -> str:
    """Tells what became of an order."""
    return f"{number} is {os.environ.get('ORDER_STATE', 'sent')}"


server.run(transport="http", host=sys.argv[1], port=8000, show_banner=False)
