output "arn" {
  value = aws_sqs_queue.this.arn
}

output "dead_letter_arn" {
  value = one(aws_sqs_queue.dead_letter[*].arn)
}
