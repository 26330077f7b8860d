"""Write terraform_names.json: every argument, block and attribute of the Terraform types in our tables.

usage: python tests/readers/terraform_names/make_terraform_names.py FOLDER
FOLDER: the npm package @cdktn/provider-aws (@cdktf/provider-aws until provider 6.25)

The package's .d.ts files are generated from the AWS provider's schema; the links in them contain Terraform's names.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TypeAlias

from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS
from awslint_memo.relations.graph.terraform import TYPES

Names: TypeAlias = "dict[str, Names | None]"

OUT = Path(__file__).with_name("terraform_names.json")
_INTERFACE = re.compile(r"^export interface (\w+)[^{]*\{\n(.*?)^\}", re.M | re.S)
_ARGUMENT = re.compile(r"docs/(?:data-sources|resources)/\w+#(\w+) .*?readonly \w+\??: ([^;]*);", re.S)
_RESOURCE = re.compile(r"extends cdkt[fn]\.Terraform(?:DataSource|Resource)")
_ATTRIBUTE = re.compile(r"^    get (\w+)\(\)", re.M)


def names_of(declarations: str) -> dict[str, Names | list[str]]:
    """The arguments (with nested blocks) and attributes in the .d.ts file of a resource."""
    interfaces = dict(_INTERFACE.findall(declarations))
    config = next(name for name in interfaces if "TerraformMetaArguments" in _head(declarations, name))

    def arguments(interface: str) -> Names:
        found: Names = {}
        for name, type_ in _ARGUMENT.findall(interfaces[interface]):
            block = re.match(r"(\w+)", type_)
            found[name] = arguments(block[1]) if block and block[1] in interfaces else None
        return found

    resource = _RESOURCE.split(declarations, maxsplit=1)[1]
    attributes = {
        re.sub(r"(?<!^)([A-Z]|(?<=[a-z])[0-9]+)", r"_\1", name).lower() for name in _ATTRIBUTE.findall(resource)
    }
    return {"arguments": arguments(config), "attributes": sorted(name for name in attributes if name[-6:] != "_input")}


def _head(declarations: str, interface: str) -> str:
    return declarations[declarations.index(f"export interface {interface} ") :].partition("{")[0]


def main(package: Path) -> None:
    """Read the package's folder and write the list to this script's folder."""
    version = json.loads((package / "package.json").read_text())["cdktf"]["provider"]["version"]
    found: dict[str, object] = {}
    for type_ in sorted({*TYPE_MAPS, *COMPANIONS, *TYPES}):
        folder = package / "lib" / re.sub(r"[_.]", "-", type_.removeprefix("aws_"))
        found[type_] = names_of((folder / "index.d.ts").read_text())
    OUT.write_text(json.dumps({"provider": version, "types": found}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
