"""The child process of ``flows.embedded``: Prefect's server on a port of loopback.

``python -m flows.embedded_server PORT PARENT`` ends when its parent does, however that ends (Linux).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

import uvicorn

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(port: int, parent: int) -> None:
    """Serve until told to end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
        if os.getppid() != parent:  # it died first
            return
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
