import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { installed } from './installed.js';
import { program } from './stand-in.js';

const NOWHERE = path.join(tmpdir(), 'no-such-folder');

test('the program is the one that is named, else that of the checkout, else that of the PATH', () => {
  const [named, ofCheckout, onPath] = [program(), program(), program()];
  const checkout = path.dirname(ofCheckout);
  const PATH = [NOWHERE, path.dirname(onPath)].join(path.delimiter);
  assert.equal(installed({ AWSLINT_MEMO: named, PATH }, checkout), named);
  assert.equal(installed({ PATH }, checkout), ofCheckout);
  assert.equal(installed({ PATH }, NOWHERE), onPath);
});

test('without a program the tests fail and say what to do', () => {
  const without = { PATH: NOWHERE };
  assert.throws(() => installed(without, NOWHERE), /^Error: these tests run awslint-memo, .+ or name it in AWSLINT_MEMO$/);
  assert.throws(() => installed({ ...without, AWSLINT_MEMO: NOWHERE }, NOWHERE), /^Error: AWSLINT_MEMO names .+no-such-folder, which/);
});
