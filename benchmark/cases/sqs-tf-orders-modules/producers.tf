resource "aws_kms_key" "vouchers" {
  description         = "Vouchers"
  enable_key_rotation = true

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "checkout" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.vouchers.arn, module.orders.arn]
  }
}

resource "aws_iam_role_policy" "checkout" {
  name   = "orders-queues"
  role   = var.checkout_role
  policy = data.aws_iam_policy_document.checkout.json
}

data "aws_iam_policy_document" "crm" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.vouchers.arn]
  }
}

data "aws_iam_policy_document" "crm_key" {
  statement {
    actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
    resources = [aws_kms_key.vouchers.arn]
  }
}

resource "aws_iam_role" "crm" {
  name = "${local.name}-crm"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "crm" {
  role   = aws_iam_role.crm.name
  policy = data.aws_iam_policy_document.crm.json
}

resource "aws_iam_role_policy" "crm_key" {
  role   = aws_iam_role.crm.name
  policy = data.aws_iam_policy_document.crm_key.json
}

data "aws_iam_policy_document" "checkout_assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "web" {
  name               = "${local.name}-web"
  assume_role_policy = data.aws_iam_policy_document.checkout_assume.json
}

resource "aws_iam_role_policy" "web" {
  name = "vouchers"
  role = aws_iam_role.web.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:SendMessage", "sqs:GetQueueUrl"]
      Resource = aws_sqs_queue.vouchers.arn
    }]
  })
}
