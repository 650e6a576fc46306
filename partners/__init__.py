"""Who: organisations, people, regions and what they can show."""
