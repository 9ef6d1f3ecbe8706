"""Aggregates in the formats that other systems read."""
