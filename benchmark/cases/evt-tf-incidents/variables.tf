variable "stage" {
  type = string
}

variable "keep_undelivered" {
  description = "Whether events that can not be delivered are kept"
  type        = bool
  default     = true
}

variable "health_state" {
  type    = string
  default = "ENABLED"
}
