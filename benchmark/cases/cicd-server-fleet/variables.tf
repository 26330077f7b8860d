variable "environment" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "private_subnet_ids" {
  type = list(string)
}

variable "web_size" {
  type        = number
  description = "Number of web servers"
}

variable "web_healthy_hosts" {
  type        = number
  description = "Web servers that stay in service during a deployment"
}

variable "rollback_events" {
  type    = set(string)
  default = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
}

variable "listener_arn" {
  type = string
}

variable "alert_topic_arn" {
  type = string
}
