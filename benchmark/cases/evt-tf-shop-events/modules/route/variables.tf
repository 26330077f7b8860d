variable "name" {
  type = string
}

variable "bus_name" {
  type = string
}

variable "detail_types" {
  type = list(string)
}

variable "queue_arn" {
  type = string
}

variable "queue_url" {
  type = string
}

variable "dead_letter_arn" {
  description = "Where events go that could not be delivered"
  type        = string
  default     = null
}

variable "topic_arns" {
  description = "Topics that may send to the queue as well"
  type        = list(string)
  default     = []
}

variable "alarm_topic_arn" {
  type    = string
  default = null
}
