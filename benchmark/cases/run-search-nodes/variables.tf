variable "environment" { type = string }
variable "region" {
  type    = string
  default = "us-west-2"
}
variable "vpc_id" { type = string }
variable "vpc_cidr" { type = string }
variable "subnets" { type = list(string) }
variable "client_cidrs" { type = list(string) }
variable "certificate_arn" { type = string }
variable "image_id" { type = string }
variable "legacy_addresses" { type = list(string) }
variable "ops_topic_arn" { type = string }
variable "query_size" { type = object({ min = number, max = number }) }
variable "index_size" { type = object({ min = number, max = number }) }
