variable "environment" {
  type = string
}

variable "cart_replicas" {
  type        = number
  description = "Replicas beside the primary of the cart cache"
  default     = 1
}

variable "snapshot_days" {
  type    = number
  default = 0
}

variable "subnets" {
  type = object({
    east = list(string)
    west = list(string)
  })
}

variable "security_groups" {
  type = object({
    east = list(string)
    west = list(string)
  })
}
