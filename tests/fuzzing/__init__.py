"""Whatever is handed to a reader: it is read, or refused in the reader's own way; nothing else."""
