"""What is looked over before anything is made: the installation, and whether each report is fit to be drafted."""
