"""What guards the whole product: headers, notices for those who look at it, limits, the secret."""
