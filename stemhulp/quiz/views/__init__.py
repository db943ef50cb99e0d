"""What answers a voter's requests: pages for everyone, and pages that show answers."""
