// The program that the tests run: a test that runs nothing would say nothing of the plugin.
import { accessSync, constants, statSync } from 'node:fs';
import * as path from 'node:path';

const NAMES = process.platform === 'win32' ? ['awslint-memo.exe'] : ['awslint-memo'];
/** The environment of a checkout of this repository, as CONTRIBUTING.md makes it. */
const CHECKOUT = path.join(__dirname, '..', '..', '..', '.venv', process.platform === 'win32' ? 'Scripts' : 'bin');

/**
 * The path of awslint-memo: what AWSLINT_MEMO names, else the one of the checkout, else the one on the PATH.
 * Throws an error that says what to do if there is none.
 */
export function installed(environment: NodeJS.ProcessEnv = process.env, checkout: string = CHECKOUT): string {
  const named = environment.AWSLINT_MEMO;
  if (named) {
    if (!runs(named)) {
      throw new Error(`AWSLINT_MEMO names ${named}, which is no program; name awslint-memo`);
    }
    return named;
  }
  const folders = [checkout, ...(environment.PATH ?? '').split(path.delimiter).filter((folder) => folder)];
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(runs);
  if (!found) {
    throw new Error('these tests run awslint-memo, which is not on the PATH; install it, or name it in AWSLINT_MEMO');
  }
  return found;
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
