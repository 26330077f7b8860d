locals {
  sites = {
    app    = { size = "m6g.large", standby_max = 0 }
    worker = { size = "c6g.large", standby_max = 4 }
  }
}

data "aws_iam_instance_profile" "permits" {
  name = "permits"
}

resource "aws_launch_template" "recovery" {
  provider = aws.recovery
  for_each = local.sites

  name          = "permits-${each.key}"
  image_id      = var.images[var.recovery_region]
  instance_type = each.value.size

  vpc_security_group_ids = var.network.recovery.app_groups

  iam_instance_profile {
    name = data.aws_iam_instance_profile.permits.name
  }

  metadata_options {
    http_tokens = "required"
  }

  user_data = base64encode(<<-EOT
    #!/bin/bash
    echo "SECRET_ID=permits/database" >> /etc/permits.env
    echo "SECRET_REGION=${var.recovery_region}" >> /etc/permits.env
    echo "FILES=${module.files.recovery_id}" >> /etc/permits.env
    echo "FORMS_BUCKET=${aws_s3_bucket.forms.bucket_regional_domain_name}" >> /etc/permits.env
    systemctl restart permits
  EOT
  )
}

resource "aws_autoscaling_group" "recovery_app" {
  provider = aws.recovery

  name                      = "permits-app"
  min_size                  = 0
  desired_capacity          = 0
  max_size                  = local.sites["app"].standby_max
  vpc_zone_identifier       = var.network.recovery.subnets
  target_group_arns         = [var.network.recovery.target_group]
  health_check_type         = "ELB"
  health_check_grace_period = 300

  launch_template {
    id      = aws_launch_template.recovery["app"].id
    version = aws_launch_template.recovery["app"].latest_version
  }
}

resource "aws_autoscaling_group" "recovery_worker" {
  provider = aws.recovery

  name                = "permits-worker"
  min_size            = 0
  desired_capacity    = 0
  max_size            = local.sites["worker"].standby_max
  vpc_zone_identifier = var.network.recovery.subnets

  launch_template {
    id      = aws_launch_template.recovery["worker"].id
    version = aws_launch_template.recovery["worker"].latest_version
  }
}

resource "aws_s3_bucket" "forms" {
  bucket = "permits-forms-${var.primary_region}"
}

resource "aws_s3_bucket_versioning" "forms" {
  bucket = aws_s3_bucket.forms.id

  versioning_configuration {
    status = "Enabled"
  }
}
