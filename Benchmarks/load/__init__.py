"""The load generators and the sink of `make bench`."""
