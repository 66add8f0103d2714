"""What a person does with a project, once, as plain functions; screens and commands call these."""
