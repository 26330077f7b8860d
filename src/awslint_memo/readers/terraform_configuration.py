"""Terraform's JSON configuration (`*.tf.json`, CDKTF's `cdk.tf.json`)."""

from __future__ import annotations
