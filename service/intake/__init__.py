"""What people send: files, folders and zip archives come in, named documents within the limits go out."""
