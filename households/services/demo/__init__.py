"""The demonstration: invented people of Bắc Kạn, from whom one can learn the product."""

from households.services.demo.logins import LOGINS, Login

__all__ = ["LOGINS", "Login"]
