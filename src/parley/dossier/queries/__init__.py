"""What a dossier gives back."""
