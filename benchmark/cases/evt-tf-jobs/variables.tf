variable "stage" {
  type = string
}

variable "jobs" {
  description = "Jobs by name. The ledger and dunning jobs run in production only; other stages keep them DISABLED."
  type = map(object({
    expression = string
    state      = optional(string, "ENABLED")
    window     = optional(number, 0)
  }))
}

variable "retry_age_seconds" {
  type    = number
  default = 3600
}

variable "ordered_dead_letters" {
  type    = bool
  default = false
}

variable "alarm_topic_arns" {
  type = list(string)
}
