// Holds a folder's lock until it is killed. Usage: lock-child.ts FOLDER
import { lockDirectory } from '../../runtime/files-lock.ts';

await lockDirectory(process.argv[2] ?? '');
console.log('held');
process.stdin.resume();
