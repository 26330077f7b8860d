// Bundles the extension into dist/, or, with --tests, the tests with a stand-in for `vscode` into out/.
import { build } from "esbuild";
import { copyFile, readFile, readdir, rm, writeFile } from "node:fs/promises";

const shared = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  await rm("out", { recursive: true, force: true });
  const names = (await readdir("test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...shared,
    entryPoints: names.map((name) => `test/${name}`),
    outdir: "out",
    sourcemap: "inline",
    alias: { vscode: "./test/vscode.ts" },
    define: { __EXTENSION__: JSON.stringify(process.cwd()) },
  });
} else {
  await rm("dist", { recursive: true, force: true });
  const { metafile } = await build({
    ...shared,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    minify: true,
    metafile: true,
  });
  await writeFile("dist/LICENSES.txt", await licenses(Object.keys(metafile.inputs)));
  await copyFile("../../LICENSE", "LICENSE");
}

/** The licenses of the libraries that are in the bundle, which ask that they go with it. inputs: the bundled files. */
async function licenses(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const texts = [...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf-8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined) {
      throw new Error(`${name} has no license that could be added`);
    }
    return `${name} ${version} (${license})\n\n${(await readFile(`${folder}/${file}`, "utf-8")).trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}
