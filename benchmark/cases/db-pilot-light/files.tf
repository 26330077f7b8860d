module "files" {
  source = "./modules/files"

  name            = "permits"
  subnets         = var.network.primary.subnets
  security_groups = var.network.primary.app_groups
  replica_region  = var.recovery_region
}

module "drawings" {
  source = "./modules/files"

  name            = "drawings"
  subnets         = slice(var.network.primary.subnets, 0, 1)
  security_groups = var.network.primary.app_groups
  replica_region  = var.primary_region
}

resource "aws_efs_mount_target" "files_recovery" {
  provider = aws.recovery
  count    = length(var.network.recovery.subnets)

  file_system_id  = module.files.recovery_id
  subnet_id       = var.network.recovery.subnets[count.index]
  security_groups = var.network.recovery.app_groups
}
