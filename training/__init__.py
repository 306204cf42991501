"""What is counted or trained from hand-coded articles; not shipped."""
