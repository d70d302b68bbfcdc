"""The web pages: templates, scripts and styles, and the views that fill them."""
