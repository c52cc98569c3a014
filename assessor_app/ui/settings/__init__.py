"""What an assessor may choose, and what is known of account and computer."""
