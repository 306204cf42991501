"""Readers: each turns a document into statements, and all obey one protocol."""
