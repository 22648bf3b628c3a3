"""What pregnancies hear from below, and from themselves."""
