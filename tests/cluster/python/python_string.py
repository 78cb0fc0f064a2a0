"""In place of KAOS's image for the runtime python-string: each function of the code in MCP_TOOLS_STRING is a tool."""

import os
from types import FunctionType

from fastmcp import FastMCP

mcp = FastMCP("python-string")

# The image keeps what the code defines apart from what the code sees: no tool knows another, nor an import beside it.
defined: dict[str, object] = {}
exec(os.environ.get("MCP_TOOLS_STRING", ""), {}, defined)

for tool in filter(lambda value: isinstance(value, FunctionType), defined.values()):
    mcp.tool(tool)
