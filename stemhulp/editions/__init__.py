"""What voters see of a contest: compiled from the database once, then held in memory."""
