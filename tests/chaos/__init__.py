"""What a bad day does to a project: kills, crowds, full disks and files that may not be written."""
