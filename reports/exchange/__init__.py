"""Files of figures: bytes ↔ plain rows."""
