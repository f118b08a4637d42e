"""A site's own: its folder, its configuration, and the stories in it, read and checked."""
