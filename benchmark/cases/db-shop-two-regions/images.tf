resource "aws_ecr_repository" "shop" {
  for_each = toset(["shop/web", "importer"])
  name     = each.key
}

resource "aws_ecr_replication_configuration" "standby" {
  replication_configuration {
    rule {
      destination {
        region      = var.standby_region
        registry_id = data.aws_caller_identity.current.account_id
      }

      repository_filter {
        filter      = "shop/"
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}

locals {
  registry = {
    standby = "${data.aws_caller_identity.current.account_id}.dkr.ecr.${var.standby_region}.amazonaws.com"
  }

  # size of a web task by Region
  settings = {
    eu-west-1    = { cpu = 512, memory = 1024 }
    eu-central-1 = { cpu = 1024, memory = 2048 }
  }
}
