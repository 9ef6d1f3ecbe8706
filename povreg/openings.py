"""What is opened to other systems, as povreg.env reads the environment: nothing unless told."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from povreg import env


def webhook_networks() -> list[IPv4Network | IPv6Network]:
    """POVREG_WEBHOOK_NETWORKS, comma separated, e.g. 10.20.0.0/16: networks that are not public and
    that messages to other systems may go to; for developers this machine too."""
    try:
        found = [ip_network(one) for one in env.names("POVREG_WEBHOOK_NETWORKS")]
    except ValueError:
        raise env.Misconfigured(
            "POVREG_WEBHOOK_NETWORKS không đúng: cần dạng 10.20.0.0/16. / "
            "POVREG_WEBHOOK_NETWORKS: networks like 10.20.0.0/16 are needed."
        ) from None
    return [*found, *map(ip_network, ("127.0.0.0/8", "::1/128"))] if env.debug() else found


def sends_webhooks() -> bool:
    """POVREG_WEBHOOKS=0: messages to other systems wait; for a copy of a register, whose receivers
    are those of the real one."""
    return os.environ.get("POVREG_WEBHOOKS", "1") != "0"


def open_data() -> bool:
    """POVREG_OPEN_DATA=1: whoever asks without a token gets figures as they were given to
    everybody, small numbers left out."""
    return env.flag("POVREG_OPEN_DATA")


def cors_origins() -> list[str]:
    """POVREG_CORS_ORIGINS, comma separated, e.g. https://thongke.example.vn, or * for all: whose
    pages may ask the API from a browser. A session is never sent along."""
    found = env.names("POVREG_CORS_ORIGINS")
    for one in found:
        parts = urlsplit(one)
        if one != "*" and (
            parts.scheme not in ("http", "https") or f"{parts.scheme}://{parts.netloc}" != one
        ):
            raise env.Misconfigured(
                f"POVREG_CORS_ORIGINS={one}: cần dạng https://thongke.example.vn. / "
                "an origin like that is needed, without a path."
            )
    return found
