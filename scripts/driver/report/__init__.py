"""What a run leaves behind: summaries, verdicts, JUnit XML, and what a person reads."""
