module "vault" {
  source = "./modules/vault"

  name     = "records"
  min_days = 7
}

module "recovery_vault" {
  source = "./modules/vault"

  providers = {
    aws = aws.recovery
  }

  name     = "records-recovery"
  min_days = 30
}

module "evidence_recovery_vault" {
  source = "./modules/vault"

  name                = "evidence-recovery"
  min_days            = 30
  changeable_for_days = 3
}
