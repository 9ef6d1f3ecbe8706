"""What a report holds, as plain lines: written once, read by every format. Pure."""
