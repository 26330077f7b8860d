"""Questions about several resources, one package for each service: who consumes this queue, what this build runs."""
