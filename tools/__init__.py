"""What makers of Masthead run now and then; none of it is installed."""
