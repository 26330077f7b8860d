import assert from "node:assert/strict";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { program, type Surroundings, whole } from "../src/program";

const HOME = "/home/me";
const WORK = "/srv/app";
const OWN = join(WORK, ".venv", "bin", "awslint-memo");
const SELECTED = "/opt/py/bin/awslint-memo";
const GLOBAL = "/usr/local/bin/awslint-memo";

function around(programs: string[], changes: Partial<Surroundings> = {}): Surroundings {
  return {
    setting: "",
    isTrusted: true,
    folders: [WORK],
    interpreters: [],
    home: HOME,
    platform: "linux",
    searched: ["/usr/local/bin", "/usr/bin"].join(delimiter),
    isProgram: (file) => programs.includes(file),
    real: (file) => file,
    ...changes,
  };
}

function missing(surroundings: Surroundings): string {
  const found = program(surroundings);
  assert.ok("missing" in found);
  return found.missing;
}

test("the setting comes first, then the selected Python, the workspace's, and the PATH", () => {
  const all = [OWN, SELECTED, GLOBAL, "/home/me/bin/awslint"];
  const interpreters = ["/opt/py/bin/python3"];
  assert.deepEqual(program(around(all, { interpreters, setting: "~/bin/awslint" })), { command: "/home/me/bin/awslint" });
  assert.deepEqual(program(around(all, { interpreters })), { command: SELECTED });
  assert.deepEqual(program(around(all)), { command: OWN });
  assert.deepEqual(program(around([GLOBAL])), { command: GLOBAL });
});

test("a setting that names no program is said, and nothing else is started", () => {
  assert.match(missing(around([GLOBAL], { setting: "/no/such" })), /names \/no\/such, which is no program/);
  assert.match(missing(around([GLOBAL], { setting: "bin/awslint-memo" })), /no absolute path/);
});

test("without a program it says where it looked and what to do", () => {
  assert.match(missing(around([])), /in \.venv or venv.*on the PATH\. Install it, or name it in the setting awslintMemo\.path/);
});

test("a workspace that is not trusted brings no program", () => {
  const untrusted = { isTrusted: false, interpreters: [join(WORK, ".venv/bin/python")] };
  assert.match(missing(around([OWN], untrusted)), /not trusted/);
  const searched = [join(WORK, ".venv/bin"), ".", "", "/usr/local/bin"].join(delimiter);
  assert.deepEqual(program(around([OWN, GLOBAL, "awslint-memo"], { ...untrusted, searched })), { command: GLOBAL });
  assert.match(missing(around([OWN], { ...untrusted, setting: OWN })), /in this workspace, and the workspace is not trusted/);
  const named = { ...untrusted, setting: "${workspaceFolder}/.venv/bin/awslint-memo" };
  assert.match(missing(around([OWN], named)), /not trusted/);
});

test("a link that leads into a workspace that is not trusted is none of the PATH", () => {
  const real = (file: string): string => (file === GLOBAL ? OWN : file);
  assert.match(missing(around([GLOBAL], { isTrusted: false, real })), /not trusted/);
  assert.deepEqual(program(around([GLOBAL], { real })), { command: GLOBAL });
});

test("a folder whose name begins as the workspace's is not inside of it", () => {
  const beside = `${WORK}-tools/awslint-memo`;
  const inside = join(WORK, "..tools", "awslint-memo");
  assert.deepEqual(program(around([beside], { isTrusted: false, setting: beside })), { command: beside });
  assert.match(missing(around([inside], { isTrusted: false, setting: inside })), /not trusted/);
});

test("on Windows only a program that needs no shell is looked for", () => {
  const windows = around(["/usr/bin/awslint-memo.exe", "/usr/bin/awslint-memo", "/usr/bin/awslint-memo.cmd"], { platform: "win32" });
  assert.deepEqual(program(windows), { command: "/usr/bin/awslint-memo.exe" });
  const selected = around(["/opt/py/Scripts/awslint-memo.exe"], { platform: "win32", interpreters: ["/opt/py/python.exe"] });
  assert.deepEqual(program(selected), { command: "/opt/py/Scripts/awslint-memo.exe" });
});

test("a path is spelled with the home folder and the workspace's", () => {
  assert.equal(whole("~", HOME, []), HOME);
  assert.equal(whole("~other/x", HOME, []), undefined);
  assert.equal(whole("${workspaceFolder}/a/../b", HOME, ["/w/$&"]), "/w/$&/b");
  assert.equal(whole("${workspaceFolder}/a", HOME, []), undefined);
});
