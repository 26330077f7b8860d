locals {
  zones = { a = "10.50.0.0/24", b = "10.50.1.0/24", c = "10.50.2.0/24" }
}

resource "aws_vpc" "gateway" {
  cidr_block           = "10.50.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "gateway" }
}

resource "aws_internet_gateway" "gateway" {
  vpc_id = aws_vpc.gateway.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.gateway.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.gateway.id
  }
}

resource "aws_subnet" "public" {
  for_each          = local.zones
  vpc_id            = aws_vpc.gateway.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "partner" {
  count             = 2
  vpc_id            = aws_vpc.gateway.id
  cidr_block        = cidrsubnet(aws_vpc.gateway.cidr_block, 8, 16 + count.index)
  availability_zone = "eu-west-1a"
}

resource "aws_route_table_association" "public" {
  for_each       = aws_subnet.public
  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "partner" {
  count          = 2
  subnet_id      = aws_subnet.partner[count.index].id
  route_table_id = aws_route_table.public.id
}
