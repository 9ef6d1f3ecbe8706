"""Reads of programmes: entitlement and coverage. No writes."""
