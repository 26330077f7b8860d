variable "name" { type = string }
variable "settings" { type = any }
variable "alarm_topic_arn" { type = string }
variable "code_bucket" { type = string }
variable "code_key" { type = string }
