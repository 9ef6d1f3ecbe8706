"""`make run`: one Python process that starts everything in order and stops it in order."""
