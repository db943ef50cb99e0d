"""What was published, for programs: `/api/v1/`."""
