"""Entries of the register that may be one: found into a queue, settled, merged and taken back."""
