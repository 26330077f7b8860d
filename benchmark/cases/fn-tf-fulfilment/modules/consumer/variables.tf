variable "name" { type = string }
variable "dead_letter_arn" { type = string }
variable "code" { type = object({ bucket = string, key = string }) }

variable "fifo" {
  type    = bool
  default = false
}

variable "timeout" {
  type    = number
  default = 30
}

variable "visibility" {
  type    = number
  default = 180
}

variable "batch_size" {
  type    = number
  default = 10
}

variable "window" {
  type    = number
  default = null
}

variable "reserved" {
  type    = number
  default = -1
}

variable "max_concurrency" {
  type    = number
  default = null
}
