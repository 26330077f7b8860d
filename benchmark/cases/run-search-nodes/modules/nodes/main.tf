variable "name" { type = string }
variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
variable "edge_group" { type = string }
variable "image_id" { type = string }
variable "instance_type" { type = string }
variable "size" { type = object({ min = number, max = number }) }
variable "target_group_arns" { type = list(string) }
variable "request_label" { type = string }
variable "rebalance" { type = bool }
variable "spot" { type = object({ base = number, above = number }) }
variable "metrics" { type = list(string) }

resource "aws_security_group" "nodes" {
  name_prefix = "${var.name}-"
  vpc_id      = var.vpc_id
  ingress {
    from_port       = 9200
    to_port         = 9200
    protocol        = "tcp"
    security_groups = [var.edge_group]
  }
  ingress {
    from_port = 9300
    to_port   = 9300
    protocol  = "tcp"
    self      = true
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_launch_template" "nodes" {
  name_prefix            = "${var.name}-"
  image_id               = var.image_id
  instance_type          = var.instance_type
  vpc_security_group_ids = [aws_security_group.nodes.id]
  metadata_options { http_tokens = "required" }
  monitoring { enabled = true }
}

resource "aws_autoscaling_group" "nodes" {
  name                      = var.name
  min_size                  = var.size.min
  max_size                  = var.size.max
  vpc_zone_identifier       = var.subnets
  target_group_arns         = var.target_group_arns
  health_check_type         = "ELB"
  health_check_grace_period = 300
  default_instance_warmup   = 240
  capacity_rebalance        = var.rebalance
  enabled_metrics           = var.metrics

  dynamic "launch_template" {
    for_each = var.spot == null ? [1] : []
    content {
      id      = aws_launch_template.nodes.id
      version = aws_launch_template.nodes.latest_version
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = var.spot == null ? [] : [var.spot]
    content {
      instances_distribution {
        on_demand_base_capacity                  = mixed_instances_policy.value.base
        on_demand_percentage_above_base_capacity = mixed_instances_policy.value.above
        spot_allocation_strategy                 = "price-capacity-optimized"
      }
      launch_template {
        launch_template_specification {
          launch_template_id = aws_launch_template.nodes.id
          version            = aws_launch_template.nodes.latest_version
        }
        override {
          instance_requirements {
            memory_mib { min = 16384 }
            vcpu_count { min = 2 }
            cpu_manufacturers = ["amazon-web-services"]
          }
        }
      }
    }
  }

  instance_refresh {
    strategy = "Rolling"
    preferences { min_healthy_percentage = 90 }
  }
}

resource "aws_autoscaling_policy" "requests" {
  name                   = "${var.name}-requests"
  autoscaling_group_name = aws_autoscaling_group.nodes.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1500
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = var.request_label
    }
  }
}

output "group_name" { value = aws_autoscaling_group.nodes.name }
