"""Is the port free, and does the running installation answer?"""

import http.client
import socket
import sys
from contextlib import closing

from povreg import env


def port_is_free(bind: str, port: int) -> bool:
    """Whether we could listen there now."""
    with closing(socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError:
            return False
    return True


def reachable_host(bind: str) -> str:
    """The address to type on this machine for a server that listens on bind."""
    return "127.0.0.1" if bind in {"0.0.0.0", "::"} else bind  # noqa: S104  compared, not bound


def health(bind: str, port: int) -> tuple[int, str]:
    """Status and body of /health/; (0, reason) while nobody listens."""
    connection = http.client.HTTPConnection(reachable_host(bind), port, timeout=10)
    try:
        connection.request("GET", "/health/")
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as reason:
        return 0, str(reason)
    finally:
        connection.close()


if __name__ == "__main__":  # the health check of a container
    sys.exit(health(env.bind(), env.port())[0] != 200)
