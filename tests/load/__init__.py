"""The benchmarks: `make bench` prints one JSON object per line, `QUICK=1` is shorter."""
