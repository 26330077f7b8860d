variable "home_region" {
  type    = string
  default = "eu-central-1"
}

variable "standby_region" {
  type = string
}

variable "zone_id" {
  type = string
}

variable "domain" {
  type = string
}

variable "home_balancer" {
  type = object({ dns_name = string, zone_id = string })
}

variable "standby_balancer" {
  type = object({ dns_name = string, zone_id = string, target_group_arn = string, importer_target_group_arn = string })
}

variable "standby_subnets" {
  type = list(string)
}

variable "standby_security_groups" {
  type = list(string)
}

variable "standby_tasks" {
  type    = number
  default = 1
}

variable "standby_max_tasks" {
  type    = number
  default = 1
}
