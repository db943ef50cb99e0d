"""The product on one machine with nothing configured: `make demo`, `make dev`, `make test`."""
