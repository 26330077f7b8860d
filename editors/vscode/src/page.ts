// The report's page, as a webview may show it.
import { createHash } from "node:crypto";

/**
 * The page with a policy before its own: nothing is loaded, and only the styles and scripts run that are in the page.
 * Throws if it is no whole page, or if something in it would need more than that.
 */
export function secured(page: string): string {
  const head = /^\s*<!doctype html>\s*<html\b[^>]*>\s*<head\b[^>]*>/i.exec(page);
  if (head === null || !/<\/html>\s*$/i.test(page)) {
    throw new Error("The program wrote no page.");
  }
  const styles = hashes(page, "style");
  const scripts = hashes(page, "script");
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${styles}; script-src ${scripts}`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return page.slice(0, head[0].length) + meta + page.slice(head[0].length);
}

function hashes(page: string, name: "style" | "script"): string {
  const codes = [...page.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, "g"))].map((match) => match[1] ?? "");
  if (codes.length > MOST[name]) {
    throw new Error(`The page has ${codes.length} elements <${name}>, of which it has ${MOST[name]}.`);
  }
  return codes.map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`).join(" ") || "'none'";
}

/** What a page of ours has. */
const MOST = { style: 1, script: 1 };
