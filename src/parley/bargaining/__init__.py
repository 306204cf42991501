"""Dynamic and spatial bargaining: who agrees when, on what, and who gains from delay, for stated assumptions."""
