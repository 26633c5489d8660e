"""One family of works in each file: contests(bench) gives its contests, in the order of the report."""
