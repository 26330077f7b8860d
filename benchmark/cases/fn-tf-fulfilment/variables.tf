variable "environment" { type = string }
variable "release" { type = string }
variable "code_bucket" { type = string }
variable "packing_batch_size" { type = number }
variable "packing_window" {
  type    = number
  default = null
}
variable "carrier_reserved" { type = number }
variable "carrier_concurrency" { type = number }
