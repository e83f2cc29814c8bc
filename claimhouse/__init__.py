"""What people call: the command line, and the published warehouse for reading."""
