variable "checkout_role" {
  type        = string
  description = "Name of the role of the checkout service; its other policies are kept by the checkout team"
}

variable "alarm_topic_arn" { type = string }

variable "code" {
  type        = object({ bucket = string, key = string })
  description = "Where the functions' code is"
}
