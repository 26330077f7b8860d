stage                    = "prod"
accounts_class           = "db.r6g.2xlarge"
ledger_standby_instances = 0

primary_network = {
  subnet_group    = "databases-prod"
  security_groups = ["sg-0pre"]
}

dr_network = {
  subnet_group    = "databases-prod"
  security_groups = ["sg-0prw"]
}
