"""Parley: a workbench for people who follow negotiations."""

__version__ = "0.1.0"
