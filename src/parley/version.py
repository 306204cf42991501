"""The version of the program, in one place: the build, the dossier and the command line read it here."""

__version__ = "0.1.0"
