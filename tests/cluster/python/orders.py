"""An MCP server like one of a user, at port 8000. Its argument is the one address to listen on."""

import os
import sys

from fastmcp import FastMCP

server = FastMCP("orders")


@server.tool
def look_up(number: int) -> str:
    """Returns the state of an order."""
    return f"{number} is {os.environ.get('ORDER_STATE', 'sent')}"


server.run(transport="http", host=sys.argv[1], port=8000, show_banner=False)
