locals {
  databases = {
    tickets = {
      version     = "16.4"
      family      = "postgres16"
      zones       = 2
      storage     = [200, 600]
      backup      = "05:00-06:00"
      maintenance = "mon:05:30-mon:06:30"
    }
    venues = {
      version     = "16.4"
      family      = "postgres14"
      zones       = 2
      storage     = [50, 150]
      backup      = "05:00-06:00"
      maintenance = "mon:07:00-mon:08:00"
    }
    seats = {
      version     = "15.8"
      family      = var.seats_family
      zones       = 2
      storage     = [100, 110]
      backup      = "05:00-06:00"
      maintenance = "mon:06:15-mon:06:45"
    }
    artists = {
      version     = "16.4"
      family      = "postgres16"
      zones       = 1
      storage     = [50, 150]
      backup      = "23:00-23:45"
      maintenance = "tue:00:00-tue:01:00"
    }
  }
}

resource "aws_db_subnet_group" "shared" {
  name       = "tickets"
  subnet_ids = data.aws_subnets.databases.ids
}

resource "aws_db_subnet_group" "artists" {
  name       = "artists"
  subnet_ids = [data.aws_subnets.databases.ids[0]]
}

resource "aws_db_parameter_group" "main" {
  for_each = local.databases

  name   = "tickets-${each.key}"
  family = each.value.family

  parameter {
    name  = "log_lock_waits"
    value = "1"
  }

  parameter {
    name         = "max_wal_senders"
    value        = "20"
    apply_method = each.key == "seats" ? "pending-reboot" : "immediate"
  }
}

resource "aws_db_instance" "main" {
  for_each = local.databases

  identifier                      = each.key
  engine                          = "postgres"
  engine_version                  = each.value.version
  instance_class                  = "db.m6g.large"
  allocated_storage               = each.value.storage[0]
  max_allocated_storage           = each.value.storage[1]
  storage_type                    = "gp3"
  storage_encrypted               = true
  db_name                         = each.key
  username                        = "main"
  manage_master_user_password     = true
  multi_az                        = each.value.zones > 1
  backup_retention_period         = 21
  backup_window                   = each.value.backup
  maintenance_window              = each.value.maintenance
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  skip_final_snapshot             = false
  final_snapshot_identifier       = "${each.key}-final"
  monitoring_interval             = 30
  monitoring_role_arn             = data.aws_iam_role.monitoring.arn
  db_subnet_group_name            = each.key == "artists" ? aws_db_subnet_group.artists.name : aws_db_subnet_group.shared.name
  parameter_group_name            = aws_db_parameter_group.main[each.key].name
  vpc_security_group_ids          = [data.aws_security_group.databases.id]
  enabled_cloudwatch_logs_exports = ["postgresql"]

  tags = {
    system = "tickets"
  }
}

resource "aws_db_instance" "archive" {
  identifier                      = "archive"
  engine                          = "mysql"
  engine_version                  = "8.0"
  instance_class                  = "db.m6g.large"
  allocated_storage               = 500
  max_allocated_storage           = 1000
  storage_type                    = "gp3"
  storage_encrypted               = true
  username                        = "archive"
  manage_master_user_password     = true
  multi_az                        = true
  backup_retention_period         = 35
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  final_snapshot_identifier       = "archive-final"
  monitoring_interval             = 60
  db_subnet_group_name            = aws_db_subnet_group.shared.name
  vpc_security_group_ids          = [data.aws_security_group.databases.id]
  enabled_cloudwatch_logs_exports = ["error", "slowquery"]

  tags = {
    system = "tickets"
  }
}

resource "aws_db_instance" "seats_read" {
  identifier             = "seats-read"
  replicate_source_db    = aws_db_instance.main["seats"].identifier
  instance_class         = "db.m6g.large"
  storage_encrypted      = true
  skip_final_snapshot    = true
  deletion_protection    = true
  parameter_group_name   = aws_db_parameter_group.main["seats"].name
  vpc_security_group_ids = [data.aws_security_group.databases.id]

  tags = {
    system = "tickets"
  }
}
