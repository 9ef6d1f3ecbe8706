"""Files of programmes from plain rows."""
