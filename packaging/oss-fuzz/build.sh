#!/bin/bash -eu
# Builds the target and the corpus that it begins with: the fixtures, each behind the byte that says what it is.
pip3 install .
compile_python_fuzzer "$SRC/fuzz_lint.py" --collect-all awslint_memo
mkdir corpus
number=0
add() { # the byte, the pattern of names
  while IFS= read -r file; do
    { printf "$1"; cat "$file"; } > "corpus/$((number += 1))"
  done < <(find fixtures -name "$2" -size -40k)
}
add '\0' '*.yaml'
add '\1' '*.template.json'
add '\2' '*.tf'
add '\3' '*.tf.json'
add '\4' '*plan*.json'
add '\5' 'samconfig.toml'
zip -q -j "$OUT/fuzz_lint_seed_corpus.zip" corpus/*
