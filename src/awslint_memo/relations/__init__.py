"""How resources belong together, a subject a module: who consumes this queue, what this build runs."""
