"""Reads what an app of the CDK writes beside its templates: the assembly, usually the folder `cdk.out`."""
