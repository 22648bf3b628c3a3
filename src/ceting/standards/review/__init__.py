"""What the sheet of the clinical review says of each table, a line for each row."""
