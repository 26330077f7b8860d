resource "aws_kms_key" "database" {
  description         = "Database of the permits system"
  enable_key_rotation = true
}

resource "aws_kms_key" "recovery" {
  provider            = aws.recovery
  description         = "Database of the permits system, recovery"
  enable_key_rotation = true
}

resource "aws_db_subnet_group" "primary" {
  name       = "permits"
  subnet_ids = var.network.primary.subnets
}

resource "aws_db_subnet_group" "recovery" {
  provider   = aws.recovery
  name       = "permits"
  subnet_ids = var.network.recovery.subnets
}

resource "random_password" "database" {
  for_each = toset(["permits", "registry"])
  length   = 32
  special  = false
}

resource "aws_secretsmanager_secret" "database" {
  for_each = random_password.database
  name     = "${each.key}/database"

  replica {
    region = var.recovery_region
  }
}

resource "aws_secretsmanager_secret_version" "database" {
  for_each      = aws_secretsmanager_secret.database
  secret_id     = each.value.id
  secret_string = jsonencode({ username = each.key, password = random_password.database[each.key].result })
}

resource "aws_db_instance" "permits" {
  identifier                      = "permits"
  engine                          = "postgres"
  engine_version                  = "16.4"
  instance_class                  = "db.r6g.large"
  allocated_storage               = 200
  max_allocated_storage           = 600
  storage_type                    = "gp3"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.database.arn
  username                        = "permits"
  password                        = random_password.database["permits"].result
  multi_az                        = true
  backup_retention_period         = 14
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  final_snapshot_identifier       = "permits-final"
  db_subnet_group_name            = aws_db_subnet_group.primary.name
  vpc_security_group_ids          = var.network.primary.database_groups
  enabled_cloudwatch_logs_exports = ["postgresql"]
}

resource "aws_db_instance" "permits_recovery" {
  provider = aws.recovery

  identifier              = "permits-recovery"
  replicate_source_db     = aws_db_instance.permits.arn
  instance_class          = "db.r6g.large"
  storage_encrypted       = true
  kms_key_id              = aws_kms_key.database.arn
  multi_az                = true
  backup_retention_period = 14
  deletion_protection     = true
  skip_final_snapshot     = true
  db_subnet_group_name    = aws_db_subnet_group.recovery.name
  vpc_security_group_ids  = var.network.recovery.database_groups
}

resource "aws_db_instance" "registry" {
  identifier                      = "registry"
  engine                          = "postgres"
  engine_version                  = "16.4"
  instance_class                  = "db.r6g.large"
  allocated_storage               = 100
  max_allocated_storage           = 300
  storage_type                    = "gp3"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.database.arn
  username                        = "registry"
  password                        = random_password.database["registry"].result
  multi_az                        = true
  backup_retention_period         = 14
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  final_snapshot_identifier       = "registry-final"
  db_subnet_group_name            = aws_db_subnet_group.primary.name
  vpc_security_group_ids          = var.network.primary.database_groups
  enabled_cloudwatch_logs_exports = ["postgresql"]
}

resource "aws_db_instance_automated_backups_replication" "registry" {
  provider = aws.recovery

  source_db_instance_arn = aws_db_instance.registry.arn
  kms_key_id             = aws_kms_key.recovery.arn
  retention_period       = 14
}
