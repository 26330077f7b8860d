standby_region          = "eu-north-1"
zone_id                 = "Z00PRODUCTION00"
domain                  = "example.net"
standby_tasks           = 2
standby_max_tasks       = 2
home_balancer           = { dns_name = "shop.eu-central-1.elb.amazonaws.com", zone_id = "Z215JYRZR1TBD5" }
standby_balancer        = { dns_name = "shop.eu-north-1.elb.amazonaws.com", zone_id = "Z23TAZ6LKFMNIO", target_group_arn = "arn:aws:elasticloadbalancing:eu-north-1:444455557777:targetgroup/web/1", importer_target_group_arn = "arn:aws:elasticloadbalancing:eu-north-1:444455557777:targetgroup/importer/2" }
standby_subnets         = ["subnet-0pr1", "subnet-0pr2", "subnet-0pr3"]
standby_security_groups = ["sg-0pr"]
