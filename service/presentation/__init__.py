"""What a report is shown with: its sentences, the comparison of the roles, the text with its evidence marked."""
