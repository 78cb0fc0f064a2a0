"""A stand-in for KAOS's image for the runtime python-string: each function in MCP_TOOLS_STRING is a tool."""

import os
from types import FunctionType

from fastmcp import FastMCP

mcp = FastMCP("python-string")

# As in the image, the code's definitions are not its globals: a tool sees neither other tools nor top-level imports.
defined: dict[str, object] = {}
exec(os.environ.get("MCP_TOOLS_STRING", ""), {}, defined)

for tool in filter(lambda value: isinstance(value, FunctionType), defined.values()):
    mcp.tool(tool)
