"""From a finished site to its readers: looked over first, then on a branch of Pages or in a folder."""
