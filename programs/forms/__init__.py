"""What a person types about programmes."""
