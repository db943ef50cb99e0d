"""What is asked and what was answered: themes, statements, positions."""
