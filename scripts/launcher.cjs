#!/usr/bin/env node
// biome-ignore-all lint/style/useTemplate: see below
// biome-ignore-all lint/style/useNodejsImportProtocol: see below
// Old syntax on purpose: a Node that is too old has to get as far as the sentence that says so.
'use strict';
var version = process.versions.node;
var parts = version.split('.');
var major = Number(parts[0]);
var minor = Number(parts[1]);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    'iconik-mcp: Node.js 20.19 or newer is needed, this is ' +
      version +
      ' (' +
      process.execPath +
      '). Install one from https://nodejs.org, or give your host the full path of one that you have.\n',
  );
  process.exit(1);
}
var compile = require('module').enableCompileCache;
if (compile) compile();
import('./iconik-mcp.mjs').catch((error) => {
  process.stderr.write('iconik-mcp: could not start: ' + error.message + '\n');
  process.exit(1);
});
