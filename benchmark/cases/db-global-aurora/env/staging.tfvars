stage                    = "staging"
accounts_class           = "db.t4g.large"
ledger_standby_instances = 1

primary_network = {
  subnet_group    = "databases-staging"
  security_groups = ["sg-0ste"]
}

dr_network = {
  subnet_group    = "databases-staging"
  security_groups = ["sg-0stw"]
}
