"""What other systems ask over HTTP. Everything here reads; numbers come from the same queries as on
the pages."""
