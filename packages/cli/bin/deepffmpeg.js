#!/usr/bin/env node
// Committed as it stands: npm links it before anything is built.
import '../dist/index.js';
