"""Words, numbers and marks as the pages write them."""
