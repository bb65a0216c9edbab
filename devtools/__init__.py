"""What stands behind `dev.py`. Standard library alone: it runs before anything is installed."""
