variable "name" { type = string }

variable "fifo" {
  type    = bool
  default = false
}

variable "visibility_timeout" { type = number }

variable "alarm_topic_arn" { type = string }

variable "dead_letter" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}
