variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "environment" {
  type = string
}

variable "cluster_name" {
  type = string
}

variable "services" {
  description = "Services of the cluster and the share of memory above which somebody is called"
  type        = map(number)
}

variable "page_on_alarm" {
  type    = bool
  default = true
}

variable "notify_on_slow_queries" {
  type    = bool
  default = true
}

variable "slow_threshold_ms" {
  type    = number
  default = 400
}

variable "on_call_emails" {
  type = list(string)
}
