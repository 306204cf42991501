"""The local reader: a small trained model that finds and codes statements, offline, without torch."""
