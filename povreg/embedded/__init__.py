"""PostgreSQL and Valkey out of wheels: found, started, shared and stopped without a system installation."""
