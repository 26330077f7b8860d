environment       = "prod"
web_size          = 6
web_healthy_hosts = 4
