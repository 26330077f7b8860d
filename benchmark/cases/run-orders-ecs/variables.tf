variable "environment" { type = string }
variable "region" {
  type    = string
  default = "eu-west-1"
}
variable "vpc_id" { type = string }
variable "public_subnets" { type = list(string) }
variable "private_subnets" { type = list(string) }
variable "certificate_arn" { type = string }
variable "api_image" { type = string }
variable "admin_image" { type = string }
variable "api_size" {
  type = object({ cpu = number, memory = number })
}
variable "api_capacity" {
  type = object({ min = number, max = number })
}
variable "admin_capacity" {
  type    = object({ min = number, max = number })
  default = { min = 2, max = 4 }
}
