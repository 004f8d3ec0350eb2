"""What a class handed in, from a learning platform's archive into work/submitted/: whose it is, what it is, which attempt counts."""
