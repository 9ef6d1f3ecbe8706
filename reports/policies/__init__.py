"""Who reads and keeps what stands beside figures."""
