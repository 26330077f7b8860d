variable "name" { type = string }
variable "queue_arn" { type = string }
variable "timeout" { type = number }

variable "kms_keys" {
  type    = list(string)
  default = []
}

variable "code" {
  type = object({ bucket = string, key = string })
}
