variable "stage" { type = string }
variable "alarm_topic_arn" { type = string }
variable "code_bucket" { type = string }
variable "code_key" { type = string }
variable "rooms_queue_name" { type = string }
variable "rooms_batch" { type = number }

variable "rooms_throughput" {
  type    = string
  default = "perQueue"
}

variable "presence_scope" {
  type    = string
  default = "messageGroup"
}

variable "exports_ordered" {
  type    = bool
  default = false
}
