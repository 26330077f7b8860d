variable "name" {
  type = string
}

variable "hash_key" {
  type = string
}

variable "range_key" {
  type    = string
  default = null
}

variable "attributes" {
  description = "Key attributes by name"
  type        = map(string)
}

variable "billing_mode" {
  type    = string
  default = "PAY_PER_REQUEST"
}

variable "capacity" {
  type = object({
    read  = number
    write = number
  })
  default = null
}

variable "indexes" {
  type = list(object({
    name      = string
    hash_key  = string
    range_key = optional(string)
    read      = optional(number)
    write     = optional(number)
  }))
  default = []
}

variable "scaling_max" {
  description = "Upper limit of read and write capacity; 0 switches scaling off"
  type        = number
  default     = 0
}

variable "ttl_attribute" {
  type    = string
  default = ""
}

variable "recovery" {
  description = "Point-in-time recovery"
  type        = bool
  default     = false
}

variable "replicas" {
  type = list(object({
    region   = string
    recovery = optional(bool, true)
  }))
  default = []
}
