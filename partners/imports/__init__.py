"""Partners from a sheet: columns that people name as they like, a dry run, and then each of them once."""
