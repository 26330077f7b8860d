resource "random_password" "ledger" {
  length  = 32
  special = false
}

resource "aws_rds_global_cluster" "ledger" {
  global_cluster_identifier = "ledger-${var.stage}"
  engine                    = "aurora-postgresql"
  engine_version            = "16.4"
  database_name             = "ledger"
  storage_encrypted         = true
  deletion_protection       = true
}

module "ledger_primary" {
  source = "./modules/member"

  name              = "ledger-${var.stage}-east"
  global_cluster_id = aws_rds_global_cluster.ledger.id
  primary           = { username = "ledger", password = random_password.ledger.result }
  class             = "db.r6g.xlarge"
  instances         = 2
  network           = var.primary_network
}

module "ledger_dr" {
  source    = "./modules/member"
  providers = { aws = aws.dr }

  name              = "ledger-${var.stage}-west"
  global_cluster_id = aws_rds_global_cluster.ledger.id
  class             = "db.r6g.xlarge"
  instances         = var.ledger_standby_instances
  network           = var.dr_network

  depends_on = [module.ledger_primary]
}

module "ledger_reporting" {
  source = "./modules/member"

  name              = "ledger-${var.stage}-reporting"
  global_cluster_id = aws_rds_global_cluster.ledger.id
  class             = "db.r6g.xlarge"
  instances         = 2
  network           = var.primary_network

  depends_on = [module.ledger_primary]
}

resource "aws_appautoscaling_target" "ledger" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${module.ledger_primary.cluster_id}"
  min_capacity       = 1
  max_capacity       = 5
}

resource "aws_appautoscaling_policy" "ledger" {
  name               = "ledger-readers"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.ledger.service_namespace
  scalable_dimension = aws_appautoscaling_target.ledger.scalable_dimension
  resource_id        = aws_appautoscaling_target.ledger.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 55

    predefined_metric_specification {
      predefined_metric_type = "RDSReaderAverageCPUUtilization"
    }
  }
}
