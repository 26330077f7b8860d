terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
  backend "s3" {}
}

locals {
  fleets = {
    web    = { size = var.web_size, type = "m7g.large" }
    worker = { size = 3, type = "c7g.large" }
    batch  = { size = 3, type = "c7g.xlarge" }
  }
  tags = { service = "reporting", environment = var.environment }
}

data "aws_ssm_parameter" "ami" {
  name = "/reporting/${var.environment}/golden-ami"
}

data "aws_iam_policy_document" "ec2_assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "server" {
  name               = "reporting-${var.environment}-server"
  assume_role_policy = data.aws_iam_policy_document.ec2_assume.json
}

resource "aws_iam_role_policy_attachment" "server" {
  for_each = toset([
    "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforAWSCodeDeploy",
  ])
  role       = aws_iam_role.server.name
  policy_arn = each.value
}

resource "aws_iam_instance_profile" "server" {
  name = "reporting-${var.environment}-server"
  role = aws_iam_role.server.name
}

resource "aws_launch_template" "fleet" {
  for_each      = local.fleets
  name_prefix   = "reporting-${each.key}-"
  image_id      = data.aws_ssm_parameter.ami.value
  instance_type = each.value.type
  iam_instance_profile {
    arn = aws_iam_instance_profile.server.arn
  }
  metadata_options {
    http_tokens = "required"
  }
  monitoring {
    enabled = true
  }
  tags = local.tags
}

resource "aws_lb_target_group" "web" {
  name     = "reporting-${var.environment}-web"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = var.vpc_id
  health_check {
    path                = "/healthz"
    healthy_threshold   = 2
    unhealthy_threshold = 3
    interval            = 15
  }
}

resource "aws_lb_listener_rule" "web" {
  listener_arn = var.listener_arn
  priority     = 40
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
  condition {
    path_pattern {
      values = ["/reports/*"]
    }
  }
}

resource "aws_autoscaling_group" "fleet" {
  for_each                  = local.fleets
  name                      = "reporting-${var.environment}-${each.key}"
  min_size                  = each.value.size
  max_size                  = each.value.size
  desired_capacity          = each.value.size
  vpc_zone_identifier       = var.private_subnet_ids
  health_check_type         = each.key == "web" ? "ELB" : "EC2"
  health_check_grace_period = 300
  target_group_arns         = each.key == "web" ? [aws_lb_target_group.web.arn] : []
  launch_template {
    id      = aws_launch_template.fleet[each.key].id
    version = aws_launch_template.fleet[each.key].latest_version
  }
  tag {
    key                 = "fleet"
    value               = each.key
    propagate_at_launch = true
  }
}
