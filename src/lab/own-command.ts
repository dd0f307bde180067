/** How to run a command of ours: in a checkout npm finds the program; where it was installed as a package, npx does. */
export const ownCommand = import.meta.url.endsWith('.ts') ? 'npm run --silent gatehouse --' : 'npx gatehouse';
