variable "partner_accounts" {
  type = list(string)
}

variable "alarm_topic_arn" { type = string }
variable "code_bucket" { type = string }
variable "code_key" { type = string }
