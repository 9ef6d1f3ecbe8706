"""What pages of programmes need to write."""
