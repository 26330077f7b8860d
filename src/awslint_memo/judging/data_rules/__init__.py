"""Rules of users that are data: YAML files whose conditions are asked of resources as the checks of Python are."""
