variable "name" {
  type = string
}

variable "type" {
  type    = string
  default = "STANDARD"
}

variable "definition" {
  type = string
}

variable "policy" {
  description = "What the states may do"
  type        = string
}

variable "tracing" {
  type    = bool
  default = false
}

variable "alarm_topic_arn" {
  type = string
}
