"""The night shift: what is done after the commit, by a worker, as often as it takes."""
