variable "name" {
  type = string
}

variable "engine" {
  type = string
}

variable "engine_version" {
  type = string
}

variable "backup_days" {
  type    = number
  default = 1
}

variable "subnet_ids" {
  type = list(string)
}

variable "security_group_ids" {
  type = list(string)
}

variable "instances" {
  type = map(object({
    class = string
    zone  = optional(string)
  }))
}

variable "replicas" {
  type = object({
    minimum = number
    maximum = number
  })
  default = null
}
