"""The preview: the site as it will be published, rebuilt and reloaded as its sources change."""
