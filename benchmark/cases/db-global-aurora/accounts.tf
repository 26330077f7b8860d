resource "random_password" "accounts" {
  length  = 32
  special = false
}

resource "aws_rds_global_cluster" "accounts" {
  global_cluster_identifier = "accounts-${var.stage}"
  engine                    = "aurora-postgresql"
  engine_version            = "16.4"
  database_name             = "accounts"
  storage_encrypted         = true
  deletion_protection       = true
}

module "accounts_primary" {
  source = "./modules/member"

  name              = "accounts-${var.stage}"
  global_cluster_id = aws_rds_global_cluster.accounts.id
  primary           = { username = "accounts", password = random_password.accounts.result }
  class             = var.accounts_class
  instances         = 2
  network           = var.primary_network
}

module "accounts_dr" {
  source    = "./modules/member"
  providers = { aws = aws.dr }

  name              = "accounts-${var.stage}"
  global_cluster_id = aws_rds_global_cluster.accounts.id
  class             = var.accounts_class
  instances         = 2
  network           = var.dr_network

  depends_on = [module.accounts_primary]
}

resource "aws_appautoscaling_target" "accounts_dr" {
  provider = aws.dr

  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${module.accounts_dr.cluster_id}"
  min_capacity       = 2
  max_capacity       = 6
}

resource "aws_appautoscaling_policy" "accounts_dr" {
  provider = aws.dr

  name               = "accounts-readers"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.accounts_dr.service_namespace
  scalable_dimension = aws_appautoscaling_target.accounts_dr.scalable_dimension
  resource_id        = aws_appautoscaling_target.accounts_dr.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 55

    predefined_metric_specification {
      predefined_metric_type = "RDSReaderAverageCPUUtilization"
    }
  }
}
