variable "tags" {
  type    = map(string)
  default = { team = "plant" }
}

variable "gateway_account" { type = string }
variable "alarm_topic_arn" { type = string }
variable "worker_user" { type = string }
variable "code_bucket" { type = string }
variable "code_key" { type = string }
