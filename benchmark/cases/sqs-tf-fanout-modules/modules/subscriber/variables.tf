variable "name" { type = string }
variable "topic_arn" { type = string }
variable "alarm_topic_arn" { type = string }
variable "sender_arns" { type = list(string) }

variable "raw" {
  type    = bool
  default = false
}

variable "undelivered_arn" {
  type    = string
  default = null
}
