"""What a run gives to others: the page, SARIF, TAP, test2json lines, GitHub's annotations, the history and
the comparison of two runs. It reads results folders, and runs nothing."""
