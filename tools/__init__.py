"""What only those who work on this repository run; `noxfile.py` says when."""
