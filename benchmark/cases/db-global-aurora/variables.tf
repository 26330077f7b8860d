variable "stage" {
  type = string
}

variable "accounts_class" {
  type    = string
  default = "db.r6g.large"
}

variable "ledger_standby_instances" {
  type    = number
  default = 1
}

variable "primary_network" {
  type = object({ subnet_group = string, security_groups = list(string) })
}

variable "dr_network" {
  type = object({ subnet_group = string, security_groups = list(string) })
}
