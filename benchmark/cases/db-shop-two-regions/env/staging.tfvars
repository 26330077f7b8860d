standby_region          = "eu-west-1"
zone_id                 = "Z00STAGING00000"
domain                  = "staging.example.net"
standby_tasks           = 1
standby_max_tasks       = 4
home_balancer           = { dns_name = "shop-st.eu-central-1.elb.amazonaws.com", zone_id = "Z215JYRZR1TBD5" }
standby_balancer        = { dns_name = "shop-st.eu-west-1.elb.amazonaws.com", zone_id = "Z32O12XQLNTSW2", target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:444455556666:targetgroup/web/1", importer_target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:444455556666:targetgroup/importer/2" }
standby_subnets         = ["subnet-0st1", "subnet-0st2"]
standby_security_groups = ["sg-0st"]
