"""Lists as files that go to others, and their answers as lines that come back."""
