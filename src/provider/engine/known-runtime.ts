/**
 * The library writes a warning to the console, on import, unless the runtime calls itself a long-term support release.
 * Node 26 is one (docs/decisions/001-runtime.md), but builds of it do not say so.
 */
process.release.lts ??= 'Node 26';
