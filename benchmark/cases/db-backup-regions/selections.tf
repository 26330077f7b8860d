data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "backup" {
  name               = "records-backup"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "backup" {
  for_each = toset([
    "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
  ])

  role       = aws_iam_role.backup.name
  policy_arn = each.value
}

resource "aws_iam_role" "letters" {
  name               = "letters-backup"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_backup_selection" "records" {
  name         = "records"
  plan_id      = aws_backup_plan.records.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [for table in aws_dynamodb_table.records : table.arn]

  condition {
    string_equals {
      key   = "aws:ResourceTag/Retention"
      value = "standard"
    }
  }
}

resource "aws_backup_selection" "evidence" {
  name         = "evidence"
  plan_id      = aws_backup_plan.evidence.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_efs_file_system.evidence.arn]
}

resource "aws_backup_selection" "letters" {
  name         = "letters"
  plan_id      = aws_backup_plan.letters.id
  iam_role_arn = aws_iam_role.letters.arn
  resources    = ["arn:aws:s3:::letters-*"]
}

resource "aws_backup_selection" "attachments" {
  name         = "attachments"
  plan_id      = aws_backup_plan.letters.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ["arn:aws:s3:::*-attachments"]
}
