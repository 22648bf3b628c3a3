"""Ayo Ceting: the open platform that a puskesmas runs its stunting-prevention programme on."""
