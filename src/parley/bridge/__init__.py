"""From a dossier to draft models; every item of a draft names the statements that it rests on."""
