"""Recovery: how much may be lost and how one gets back, for each store of data and each disruption."""
