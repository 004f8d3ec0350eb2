"""A kernel for a page: runs cells in a browser's tab, where neither IPython nor a server is."""
