locals {
  daily   = "cron(15 1 * * ? *)"
  monthly = "cron(15 3 1 * ? *)"
}

resource "aws_backup_plan" "records" {
  name = "records"

  rule {
    rule_name         = "daily"
    target_vault_name = module.vault.name
    schedule          = local.daily
    start_window      = 60
    completion_window = 300

    lifecycle {
      delete_after = 35
    }

    copy_action {
      destination_vault_arn = module.recovery_vault.arn

      lifecycle {
        delete_after = 14
      }
    }
  }

  rule {
    rule_name         = "monthly"
    target_vault_name = module.vault.name
    schedule          = local.monthly
    start_window      = 120
    completion_window = 600

    lifecycle {
      cold_storage_after = 30
      delete_after       = 365
    }

    copy_action {
      destination_vault_arn = module.recovery_vault.arn

      lifecycle {
        cold_storage_after = 30
        delete_after       = 400
      }
    }
  }
}

resource "aws_backup_plan" "evidence" {
  name = "evidence"

  rule {
    rule_name         = "daily"
    target_vault_name = module.vault.name
    schedule          = local.daily
    start_window      = 60
    completion_window = 300

    lifecycle {
      delete_after = 90
    }

    copy_action {
      destination_vault_arn = module.evidence_recovery_vault.arn

      lifecycle {
        delete_after = 90
      }
    }
  }
}

resource "aws_backup_plan" "letters" {
  name = "letters"

  rule {
    rule_name                = "point-in-time"
    target_vault_name        = module.vault.name
    schedule                 = local.daily
    start_window             = 60
    completion_window        = 300
    enable_continuous_backup = true

    lifecycle {
      delete_after = 35
    }
  }

  rule {
    rule_name         = "copies"
    target_vault_name = module.vault.name
    schedule          = local.daily
    start_window      = 60
    completion_window = 300

    lifecycle {
      delete_after = 30
    }

    copy_action {
      destination_vault_arn = module.recovery_vault.arn

      lifecycle {
        delete_after = 60
      }
    }
  }
}

resource "aws_backup_plan" "mailboxes" {
  name = "mailboxes"

  rule {
    rule_name         = "daily"
    target_vault_name = module.vault.name
    schedule          = local.daily
    start_window      = 60
    completion_window = 300

    lifecycle {
      delete_after = 35
    }
  }
}
