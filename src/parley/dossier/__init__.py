"""The dossier room."""
