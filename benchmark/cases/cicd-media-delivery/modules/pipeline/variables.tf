variable "name" {
  type = string
}

variable "pipeline_type" {
  type    = string
  default = "V2"
}

variable "execution_mode" {
  type    = string
  default = "SUPERSEDED"
}

variable "role_arn" {
  type = string
}

variable "artifact_bucket" {
  type = string
}

variable "source_configuration" {
  type = map(string)
}

variable "source_provider" {
  type = string
}

variable "source_rollback" {
  type    = bool
  default = false
}

variable "stages" {
  description = "Stages after the source stage, in order"
  type = list(object({
    name     = string
    rollback = optional(bool, false)
    actions = list(object({
      name          = string
      category      = string
      provider      = string
      run_order     = optional(number, 1)
      namespace     = optional(string)
      inputs        = optional(list(string), [])
      outputs       = optional(list(string), [])
      configuration = map(string)
    }))
  }))
}
