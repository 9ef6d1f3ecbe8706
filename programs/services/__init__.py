"""Every write of programmes and benefits."""
