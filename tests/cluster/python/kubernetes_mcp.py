"""A stand-in for the MCP server for Kubernetes. Its arguments are the one address to listen on, and those of the pod."""

import argparse

from fastmcp import FastMCP

parser = argparse.ArgumentParser()
parser.add_argument("host")
parser.add_argument("--port", type=int, required=True)
arguments = parser.parse_args()
server = FastMCP("kubernetes")


@server.tool
def pods_list_in_namespace(namespace: str) -> str:
    """Lists the pods of a namespace."""
    return f"{namespace}/web Running"


server.run(transport="http", host=arguments.host, port=arguments.port, show_banner=False)
