"""What members see of newsletters."""
