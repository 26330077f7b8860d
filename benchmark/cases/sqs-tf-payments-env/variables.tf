variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "stage" { type = string }
variable "release" { type = string }
variable "alarm_topic_arn" { type = string }
variable "code_bucket" { type = string }

variable "workers" {
  description = "Workers by name"
  type = map(object({
    timeout       = number
    visibility    = number
    receives      = number
    retention     = optional(number, 345600)
    failed_days   = optional(number, 14)
    concurrency   = optional(number, 10)
    reserved      = optional(number, 50)
    batch         = optional(number, 10)
    window        = optional(number, 0)
    enabled       = optional(bool, true)
    dead_letter   = optional(bool, true)
  }))
}
