"""Files of programmes as plain rows."""
