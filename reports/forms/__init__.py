"""What was typed or linked to, as plain values."""
