"""Finds out whether an address can be listened on, before the slow import of the web library."""

from __future__ import annotations

import errno
import os
import socket

from askdesk.errors import AskdeskError


def free_port(host: str, port: int) -> int:
    """Returns ``port``, or a free one for 0. Raises AskdeskError if nobody can listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # on Windows this option would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise AskdeskError(f"port {port} is in use; choose another with --port, or 0 for any") from error
            raise AskdeskError(f"cannot listen on {host} port {port}: {error.strerror or error}") from error
        return int(probe.getsockname()[1])
