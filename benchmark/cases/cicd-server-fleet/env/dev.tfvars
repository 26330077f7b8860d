environment       = "dev"
web_size          = 2
web_healthy_hosts = 2
