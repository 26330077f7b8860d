variable "cluster_name" { type = string }
variable "service_name" { type = string }
variable "memory_threshold" { type = number }
variable "cpu_threshold" { type = number }

variable "actions_enabled" {
  type    = bool
  default = true
}

variable "action_arns" { type = list(string) }

variable "ok_arns" {
  type    = list(string)
  default = []
}

variable "period" {
  type    = number
  default = 60
}
