locals {
  name = "shop-orders"
  tags = { team = "orders" }
}

module "orders" {
  source          = "./modules/queue"
  alarm_topic_arn = var.alarm_topic_arn

  name               = "${local.name}-new"
  visibility_timeout = 400
  tags               = local.tags
}

module "returns" {
  source          = "./modules/queue"
  alarm_topic_arn = var.alarm_topic_arn

  name               = "${local.name}-returns"
  visibility_timeout = 90
  tags               = local.tags
}

module "gifts" {
  source          = "./modules/queue"
  alarm_topic_arn = var.alarm_topic_arn

  name               = "${local.name}-gifts.fifo"
  fifo               = true
  visibility_timeout = 400
  tags               = local.tags
}

module "letters" {
  source          = "./modules/queue"
  alarm_topic_arn = var.alarm_topic_arn

  name               = "${local.name}-letters"
  visibility_timeout = 400
  dead_letter        = false
  tags               = local.tags
}

resource "aws_sqs_queue" "vouchers" {
  name                       = "${local.name}-vouchers"
  visibility_timeout_seconds = 400
  kms_master_key_id          = aws_kms_key.vouchers.arn
  tags                       = local.tags
}

resource "aws_sqs_queue_redrive_policy" "vouchers" {
  queue_url = aws_sqs_queue.vouchers.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = module.orders.dead_letter_arn
    maxReceiveCount     = 5
  })
}

module "orders_consumer" {
  source    = "./modules/consumer"
  name      = "${local.name}-new"
  queue_arn = module.orders.arn
  timeout   = 60
  code      = var.code
}

module "returns_consumer" {
  source    = "./modules/consumer"
  name      = "${local.name}-returns"
  queue_arn = module.returns.arn
  timeout   = 60
  code      = var.code
}

module "gifts_consumer" {
  source    = "./modules/consumer"
  name      = "${local.name}-gifts"
  queue_arn = module.gifts.arn
  timeout   = 60
  code      = var.code
}

module "letters_consumer" {
  source    = "./modules/consumer"
  name      = "${local.name}-letters"
  queue_arn = module.letters.arn
  timeout   = 60
  code      = var.code
}

module "vouchers_consumer" {
  source    = "./modules/consumer"
  name      = "${local.name}-vouchers"
  queue_arn = aws_sqs_queue.vouchers.arn
  timeout   = 60
  kms_keys  = [aws_kms_key.vouchers.arn]
  code      = var.code
}
