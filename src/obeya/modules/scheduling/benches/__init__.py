"""What is measured of scheduling, by `obeya bench`."""
